import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flattenEvents, toAttempts } from './attempts'
import { sample } from './sample-answers'
import { DerivationInfoSchema } from './schema'

const EventsSchema = DerivationInfoSchema.shape.events
const WORDS = [
  'Queued',
  'Started',
  'Built',
  'Succeeded',
  'Failed',
  'DependencyFailed',
  'Reset',
  'Cancelled',
  'ForceCancelled',
  'HasCancelled',
  'HasCancelledForReset',
]
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000)

function attemptsOf(...lists: [string, number][][]) {
  const events = lists.map((list) => list.map(([word, second]) => ({ [word]: { time: at(second).toISOString() } })))
  return toAttempts(flattenEvents(EventsSchema.parse(events)))
}

function attemptsOfSample(name: string) {
  return toAttempts(flattenEvents(z.object({ events: EventsSchema }).parse(sample(name)).events))
}

describe('toAttempts', () => {
  it('ends an attempt that was reset while it ran when the machine confirms it, and queues the next', () => {
    expect(attemptsOfSample('derivation-reset-while-building')).toMatchObject([
      { status: 'cancelled', host: 'cuda-builder-03', endedAt: new Date('2022-04-17T00:21:03Z') },
      { status: 'queued', host: null, startedAt: null, endedAt: null },
    ])
  })

  it('does not let a late confirmation touch the attempt that waits already', () => {
    const attempts = attemptsOf(
      [
        ['Queued', 0],
        ['Started', 1],
        ['Reset', 2],
      ],
      [
        ['Queued', 2],
        ['HasCancelledForReset', 3],
      ],
    )
    expect(attempts).toMatchObject([
      { status: 'cancelled', endedAt: at(3) },
      { status: 'queued', endedAt: null },
    ])
  })

  it('has an attempt without log for a failed dependency', () => {
    expect(attemptsOfSample('derivation-dependency-failure')).toMatchObject([
      { status: 'dependency-failed', logId: null, startedAt: null },
      { status: 'dependency-failed', logId: null, startedAt: null },
    ])
  })

  it('keeps a failure that is cancelled or reset afterwards a failure', () => {
    expect(
      attemptsOf([
        ['Queued', 0],
        ['Started', 1],
        ['Failed', 2],
        ['Cancelled', 3],
        ['Reset', 4],
      ]),
    ).toMatchObject([{ status: 'failed', endedAt: at(2) }])
  })

  it('takes a second start for a second attempt, the end of the first unknown', () => {
    expect(
      attemptsOf([
        ['Queued', 0],
        ['Started', 1],
        ['Started', 5],
        ['Succeeded', 9],
      ]),
    ).toMatchObject([
      { status: 'unknown', startedAt: at(1), endedAt: null },
      { status: 'succeeded', startedAt: at(5), endedAt: at(9) },
    ])
  })

  it('is not done when outputs are built but not yet accepted', () => {
    expect(
      attemptsOf([
        ['Queued', 0],
        ['Started', 1],
        ['Built', 2],
      ]),
    ).toMatchObject([{ status: 'building' }])
  })

  it('never has a success that no Succeeded event tells of, for any events', () => {
    const lists = fc.array(fc.array(fc.tuple(fc.constantFrom(...WORDS), fc.nat(20)), { maxLength: 8 }), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(lists, (events) => {
        const told = events.flat().filter(([word]) => word === 'Succeeded').length
        const attempts = attemptsOf(...events)
        expect(attempts.filter(({ status }) => status === 'succeeded').length).toBeLessThanOrEqual(told)
      }),
    )
  })

  it('does not depend on the order of the lists while no two events have the same time', () => {
    const lists = fc.uniqueArray(fc.nat(500), { maxLength: 16 }).chain((seconds) =>
      fc.array(fc.constantFrom(...WORDS), { minLength: seconds.length, maxLength: seconds.length }).map((words) =>
        seconds.flatMap((second, n): [string, number][] => {
          const word = words[n]
          return word === undefined ? [] : [[word, second]]
        }),
      ),
    )
    fc.assert(
      fc.property(lists, (events) => {
        const halves = [events.slice(0, 5), events.slice(5)]
        expect(attemptsOf(...halves.toReversed())).toEqual(attemptsOf(...halves))
      }),
    )
  })
})

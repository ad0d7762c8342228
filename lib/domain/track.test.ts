import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { healthOf, STATUSES, type Status } from './status'
import { emptyTrack, foldTrack, type Observation, STRIP_LENGTH, type Track, trackOf } from './track'

const status = fc.constantFrom(...STATUSES)
const history = fc.array(status, { maxLength: 40 }).map(observe)

function observe(statuses: readonly Status[]): Observation[] {
  return statuses.map((word, index) => ({
    evaluation: index + 1,
    atMs: (index + 1) * 1000,
    status: word,
    derivation: index >> 1,
  }))
}

function fold(observations: readonly Observation[], start: Track = emptyTrack): Track {
  return observations.reduce(foldTrack, start)
}

function at(evaluation: number) {
  return { evaluation, atMs: evaluation * 1000 }
}

describe('foldTrack', () => {
  it('counts since from the first evaluation of the present health', () => {
    expect(fold(observe(['succeeded', 'failed', 'dependency-failed', 'timed-out']))).toMatchObject({
      since: at(2),
      sinceHealth: 'broken',
      lastGood: at(1),
      undecidedSince: null,
    })
  })

  it('skips undecided evaluations between two of equal health', () => {
    expect(fold(observe(['failed', 'building', 'cancelled', 'failed']))).toMatchObject({
      since: at(1),
      undecidedSince: null,
    })
  })

  it('keeps since of the last decided run beside the time since when it is undecided', () => {
    expect(fold(observe(['failed', 'succeeded', 'queued', 'building']))).toMatchObject({
      since: at(2),
      sinceHealth: 'good',
      undecidedSince: at(3),
      lastGood: at(2),
    })
  })

  it('shows an absence without letting it break anything', () => {
    const track = fold(observe(['succeeded', 'absent', 'succeeded']))
    expect(track).toMatchObject({ since: at(1), lastGood: at(3), strip: ['succeeded', 'absent', 'succeeded'] })
  })

  it('has no since before anything was decided', () => {
    expect(fold(observe(['queued', 'unknown']))).toMatchObject({ since: null, lastGood: null, undecidedSince: at(1) })
  })

  it('gives the same track whether a history is folded whole or in two stretches', () => {
    fc.assert(
      fc.property(history, fc.nat(40), (all, cut) => {
        expect(fold(all.slice(cut), fold(all.slice(0, cut)))).toEqual(fold(all))
      }),
    )
  })

  it('agrees with what a scan of the whole history says', () => {
    fc.assert(
      fc.property(history, (all) => {
        const decided = all.filter((one) => healthOf(one.status) !== 'undecided')
        const health = decided.length === 0 ? null : healthOf(decided[decided.length - 1]?.status ?? 'unknown')
        const before = decided.findLastIndex((one) => healthOf(one.status) !== health)
        const track = fold(all)
        expect(track.sinceHealth).toBe(health)
        expect(track.since?.evaluation ?? null).toBe(decided[before + 1]?.evaluation ?? null)
        expect(track.lastGood?.evaluation ?? null).toBe(
          all.findLast((one) => one.status === 'succeeded')?.evaluation ?? null,
        )
        const afterDecided = decided.at(-1)?.evaluation ?? 0
        expect(track.undecidedSince?.evaluation ?? null).toBe(all[afterDecided]?.evaluation ?? null)
      }),
    )
  })

  it('shows the last fourteen statuses, oldest first, and no more', () => {
    fc.assert(
      fc.property(history, (all) => {
        expect(fold(all).strip).toEqual(all.slice(-14).map((one) => one.status))
        expect(STRIP_LENGTH).toBe(14)
      }),
    )
  })
})

describe('trackOf', () => {
  it('reads back what was stored', () => {
    fc.assert(
      fc.property(history, (all) => {
        const track = fold(all)
        expect(trackOf(JSON.stringify(track))).toEqual(track)
      }),
    )
  })

  it('reads a status of a later version as unknown', () => {
    expect(trackOf('{"strip":["succeeded","half-built"]}').strip).toEqual(['succeeded', 'unknown'])
  })

  it.each(['null', '[]', '{}', '{"strip":1}', 'no json'])('throws on %s', (json) => {
    expect(() => trackOf(json)).toThrow()
  })
})

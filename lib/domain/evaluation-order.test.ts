import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEvaluations, type OrderedRun, orderRuns } from './evaluation-order'

function run(number: number, rest: Partial<OrderedRun> = {}): OrderedRun {
  return {
    externalId: `job-${number}`,
    number,
    rerunOf: null,
    rerunOfNumber: null,
    handler: 'OnPush/default',
    ciRevision: 'revision',
    ref: 'master',
    state: 'finished',
    ...rest,
  }
}

function rerun(number: number, of: number, rest: Partial<OrderedRun> = {}): OrderedRun {
  return run(number, { rerunOf: `job-${of}`, rerunOfNumber: of, ...rest })
}

function ordersOf(...runs: OrderedRun[]) {
  const orders = orderRuns(runs)
  return runs.map(({ externalId }) => {
    const order = orders.get(externalId)
    return `${order?.chainNumber}${order?.isSuperseded ? ' superseded' : ''}`
  })
}

describe('orderRuns', () => {
  it('puts a rerun where the run stands that it repeats, and in its place', () => {
    expect(ordersOf(run(1), run(2), rerun(3, 1))).toEqual(['1 superseded', '2', '1'])
  })

  it('follows reruns of reruns to the first', () => {
    expect(ordersOf(run(1), rerun(2, 1), rerun(5, 2))).toEqual(['1 superseded', '1 superseded', '1'])
  })

  it.each(['running', 'queued', 'cancelled'])('keeps a run in force while its rerun is %s', (state) => {
    expect(ordersOf(run(1), rerun(3, 1, { state }))).toEqual(['1', '1'])
  })

  it('lets a rerun that fails to evaluate replace the run it repeats', () => {
    expect(ordersOf(run(1), rerun(3, 1, { state: 'failed' }))).toEqual(['1 superseded', '1'])
  })

  it('takes the number of a first run that is not listed from its rerun', () => {
    expect(ordersOf(rerun(9, 4), rerun(12, 4))).toEqual(['4 superseded', '4'])
  })

  it('replaces a failed Config job once the same push is evaluated', () => {
    const config = run(1, { handler: 'Config', state: 'failed' })
    expect(ordersOf(config, run(2))).toEqual(['1 superseded', '2'])
    expect(ordersOf(config, run(2, { state: 'running' }))).toEqual(['1', '2'])
    expect(ordersOf(config, run(2, { ciRevision: 'other' }))).toEqual(['1', '2'])
    expect(ordersOf(config, run(2, { ref: 'nixos-unstable' }))).toEqual(['1', '2'])
    expect(ordersOf(config, run(2, { state: 'cancelled' }))).toEqual(['1', '2'])
  })

  it('never replaces a handler by another one, nor by an earlier Config job', () => {
    expect(ordersOf(run(1), run(2, { handler: 'OnPush/other' }), run(3, { handler: 'Config' }))).toEqual([
      '1',
      '2',
      '3',
    ])
  })

  it('makes one chain of reruns that name each other, wherever it starts to follow them', () => {
    expect(ordersOf(rerun(3, 5), rerun(5, 4), rerun(4, 3))).toEqual(['3 superseded', '3', '3 superseded'])
    expect(ordersOf(rerun(6, 3), rerun(3, 5), rerun(5, 3))).toEqual(['3', '3 superseded', '3 superseded'])
    expect(ordersOf(rerun(3, 3))).toEqual(['3'])
  })

  it('does not depend on the order of the list', () => {
    const state = fc.constantFrom('finished', 'failed', 'running', 'cancelled')
    const runs = fc.array(fc.tuple(fc.nat(), state, fc.constantFrom('Config', 'OnPush/default')), { maxLength: 12 })
    fc.assert(
      fc.property(runs, (specs) => {
        const list = specs.map(([of, word, handler], index) =>
          of % 2 === 0 || index === 0
            ? run(index + 1, { state: word, handler })
            : rerun(index + 1, 1 + (of % index), { state: word, handler }),
        )
        expect(orderRuns(list.toReversed())).toEqual(orderRuns(list))
      }),
    )
  })

  it('leaves at least one decided run of every chain in force', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), (parents) => {
        const list = parents.map((of, index) => (index === 0 ? run(1) : rerun(index + 1, 1 + (of % index))))
        const kept = [...orderRuns(list).values()].filter(({ isSuperseded }) => !isSuperseded)
        expect(kept).toEqual([{ chainNumber: 1, isSuperseded: false }])
      }),
    )
  })
})

describe('compareEvaluations', () => {
  it('orders by the first run of the chain, then by number', () => {
    const list = [
      { chainNumber: 2, number: 2 },
      { chainNumber: 1, number: 3 },
      { chainNumber: 1, number: 1 },
    ]
    expect(list.sort(compareEvaluations).map(({ number }) => number)).toEqual([1, 3, 2])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestWithout, type ChoosableStep, isPin, type PinEvaluation, pinSteps, standingAt, stretchesOf } from './pin'
import { PRESENCES } from './presence'
import { JUDGEMENTS, STATUSES } from './status'

const PACKAGES = ['a', 'b', 'c', 'd']
const HOUR_MS = 3_600_000

const step: fc.Arbitrary<ChoosableStep> = fc.record({
  isPinnable: fc.boolean(),
  ready: fc.subarray(PACKAGES).map((names) => new Set(names)),
})
const history = fc.array(step, { maxLength: 12 })
const chosen = fc.subarray(PACKAGES, { minLength: 1 })

const pinOf = (steps: readonly ChoosableStep[], packages: readonly string[]) =>
  steps.findIndex((one) => isPin(one, packages))

describe('A pin', () => {
  it('is a revision on which every package is ready, and nothing newer is one', () => {
    fc.assert(
      fc.property(history, chosen, (steps, packages) => {
        const at = pinOf(steps, packages)
        const newer = at === -1 ? steps : steps.slice(0, at)
        for (const { isPinnable, ready } of newer)
          expect(isPinnable && packages.every((one) => ready.has(one))).toBe(false)
        if (at !== -1) expect(packages.filter((one) => !steps[at]?.ready.has(one))).toEqual([])
      }),
    )
  })

  it('is never newer for more packages', () => {
    fc.assert(
      fc.property(history, chosen, fc.constantFrom(...PACKAGES), (steps, packages, another) => {
        const [fewer, more] = [pinOf(steps, packages), pinOf(steps, [...packages, another])]
        expect(more === -1 || (fewer !== -1 && fewer <= more)).toBe(true)
      }),
    )
  })

  it('of no package at all is none', () => {
    expect(isPin({ isPinnable: true, ready: new Set(['a']) }, [])).toBe(false)
  })
})

describe('The best revision without what blocks', () => {
  it('is the pin of all other packages, and leaves out as few as possible', () => {
    fc.assert(
      fc.property(history, chosen, (steps, packages) => {
        const best = bestWithout(steps, packages)
        const most = Math.max(
          0,
          ...steps.map((one) => (one.isPinnable ? packages.filter((p) => one.ready.has(p)).length : 0)),
        )
        if (best === null) expect(most).toBe(0)
        else {
          const rest = packages.filter((name) => !best.without.includes(name))
          expect(rest).toHaveLength(most)
          expect(pinOf(steps, rest)).toBe(best.index)
        }
      }),
    )
  })

  it('leaves out nothing where there is a pin', () => {
    fc.assert(
      fc.property(history, chosen, (steps, packages) => {
        const at = pinOf(steps, packages)
        if (at !== -1) expect(bestWithout(steps, packages)).toEqual({ index: at, without: [] })
      }),
    )
  })
})

function evaluation(number: number, parts: Partial<PinEvaluation> = {}): PinEvaluation {
  return {
    id: number,
    place: 0,
    chainNumber: number,
    number,
    startedMs: number * HOUR_MS,
    isFailed: false,
    isComplete: true,
    revision: `rev-${number}`,
    ...parts,
  }
}

describe('The steps of a history', () => {
  const idsOf = (evaluations: readonly PinEvaluation[]) =>
    pinSteps(evaluations).map(({ evaluations: all }) => all.map(({ id }) => id))

  it('are newest first whatever the order they come in, and hold each evaluation once', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6]), (numbers) => {
        expect(idsOf(numbers.map((number) => evaluation(number)))).toEqual(
          [...numbers].sort((a, b) => b - a).map((number) => [number]),
        )
      }),
    )
  })

  it('put a rerun where its chain began', () => {
    expect(idsOf([evaluation(1), evaluation(9, { chainNumber: 2 }), evaluation(3)])).toEqual([[3], [9], [1]])
  })

  it('join what was evaluated on one revision: the first feed decides, then the newest', () => {
    const same = { revision: 'same' }
    expect(
      idsOf([evaluation(1, same), evaluation(2), evaluation(3, { ...same, place: 1 }), evaluation(4, same)]),
    ).toEqual([[4, 1, 3], [2]])
  })

  it('have nothing to pin where all failed to evaluate or the revision is not known', () => {
    const steps = pinSteps([evaluation(1, { isFailed: true }), evaluation(2, { revision: null }), evaluation(3)])
    expect(steps.map(({ revision }) => revision)).toEqual(['rev-3', null, null])
  })

  it('put feeds that number for themselves in the order of time', () => {
    const other = (id: number, startedMs: number) =>
      evaluation(id, { place: 1, number: id * 100, chainNumber: id * 100, startedMs })
    const all = [evaluation(1), evaluation(2), other(11, 0.5 * HOUR_MS), other(12, 1.5 * HOUR_MS)]
    expect(idsOf(all).flat()).toEqual([2, 12, 1, 11])
  })
})

describe('The standing of a package', () => {
  it('is ready only when it succeeded by itself and every output that is needed is cached', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STATUSES),
        fc.constantFrom(...JUDGEMENTS),
        fc.constantFrom(...PRESENCES),
        (...parts) => {
          const [status, judgement, presence] = parts
          const [one] = pinSteps([evaluation(1)])
          const { standing } = standingAt(one ?? { revision: null, evaluations: [evaluation(0)] }, () => ({
            status,
            judgement,
            presence,
          }))
          expect(standing.isReady).toBe(status === 'succeeded' && judgement !== 'must-fail' && presence === 'cached')
        },
      ),
    )
  })

  it('is that of the deciding evaluation which has the package', () => {
    const [one] = pinSteps([evaluation(1, { revision: 'r' }), evaluation(2, { revision: 'r', place: 1 })])
    if (one === undefined) throw new Error('there is a step')
    const failed = { status: 'failed', judgement: 'regular', presence: 'unchecked' } as const
    expect(standingAt(one, (id) => (id === 2 ? failed : undefined)).standing.status).toBe('failed')
    expect(standingAt(one, () => undefined).standing.status).toBe('absent')
  })

  it('does not evaluate where the evaluation failed or is incomplete, and is absent only from complete ones', () => {
    const statusOf = (parts: Partial<PinEvaluation>) => {
      const [one] = pinSteps([evaluation(1, parts)])
      return one && standingAt(one, () => undefined).standing.status
    }
    expect(statusOf({})).toBe('absent')
    expect(statusOf({ isComplete: false })).toBe('evaluation-failed')
    expect(statusOf({ isFailed: true, isComplete: false })).toBe('evaluation-failed')
  })
})

describe('Stretches', () => {
  it('hold every item that has a key, in order, and no two neighbours are alike', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'y', null)), (items) => {
        const stretches = stretchesOf(items, (item) => item)
        expect(stretches.flat()).toEqual(items.filter((item) => item !== null))
        for (const stretch of stretches) expect(new Set(stretch).size).toBe(1)
      }),
    )
  })

  it('end where something else lies between', () => {
    expect(stretchesOf(['x', 'x', null, 'x', 'y'], (item) => item)).toEqual([['x', 'x'], ['x'], ['y']])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldTurns, isFlapping, TURNS_KEPT, type Turn } from './flapping'
import { healthOf, STATUSES, type Status } from './status'

type Step = readonly [status: Status, derivation: number | null]

function fold(steps: readonly Step[], start: readonly Turn[] = []): readonly Turn[] {
  return steps.reduce((turns, [status, derivation]) => foldTurns(turns, { status, derivation }), start)
}

const flaps = (...steps: readonly Step[]) => isFlapping(fold(steps))

describe('isFlapping', () => {
  it('holds for one derivation that failed and succeeded', () => {
    expect(flaps(['failed', 1], ['succeeded', 1])).toBe(true)
    expect(flaps(['failed', 1], ['succeeded', 2], ['succeeded', 1])).toBe(true)
  })

  it('does not hold for a package that a new derivation broke or mended, however often', () => {
    expect(flaps(['succeeded', 1], ['failed', 2], ['succeeded', 3], ['failed', 4])).toBe(false)
  })

  it('holds when blocked and free take turns more than twice over an unchanged derivation', () => {
    const steps = [
      ['succeeded', 1],
      ['dependency-failed', 1],
      ['succeeded', 1],
      ['dependency-failed', 1],
    ] as const
    expect(flaps(...steps)).toBe(true)
    expect(flaps(...steps.slice(0, 3))).toBe(false)
  })

  it('takes unfinished evaluations, and those in which nothing was built, for no news', () => {
    expect(flaps(['succeeded', 1], ['building', 1], ['queued', 1], ['succeeded', 1])).toBe(false)
    expect(fold([['evaluation-failed', null]])).toEqual([])
  })

  it('ends once so many other turns were taken since', () => {
    const since = Array.from({ length: TURNS_KEPT - 1 }, (_, index): Step => ['succeeded', index + 2])
    expect(flaps(['failed', 1], ['succeeded', 1], ...since.slice(1))).toBe(true)
    expect(flaps(['failed', 1], ['succeeded', 1], ...since)).toBe(false)
  })
})

describe('foldTurns', () => {
  const step = fc.tuple(fc.constantFrom(...STATUSES), fc.option(fc.nat(3)))

  it('keeps decided turns alone, no two alike in a row, and never more than there is room for', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const turns = fold(steps)
        expect(turns.length).toBeLessThanOrEqual(TURNS_KEPT)
        for (const [index, turn] of turns.entries()) {
          expect(healthOf(turn.status)).not.toBe('undecided')
          expect(turn).not.toEqual(turns[index + 1])
        }
      }),
    )
  })
})

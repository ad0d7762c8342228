import { describe, expect, it } from 'vitest'
import { isFlapping } from './flapping'
import type { Status } from './status'

function history(...steps: [Status, string][]) {
  return steps.map(([status, derivation]) => ({ status, derivation }))
}

describe('isFlapping', () => {
  it('holds for one derivation that failed and succeeded', () => {
    expect(isFlapping(history(['failed', 'a'], ['succeeded', 'a']))).toBe(true)
    expect(isFlapping(history(['failed', 'a'], ['succeeded', 'b'], ['succeeded', 'a']))).toBe(true)
  })

  it('does not hold for a package that a new derivation broke or mended, however often', () => {
    expect(isFlapping(history(['succeeded', 'a'], ['failed', 'b'], ['succeeded', 'c'], ['failed', 'd']))).toBe(false)
  })

  it('holds when blocked and free take turns more than twice over an unchanged derivation', () => {
    const turns = history(
      ['succeeded', 'a'],
      ['dependency-failed', 'a'],
      ['succeeded', 'a'],
      ['dependency-failed', 'a'],
    )
    expect(isFlapping(turns)).toBe(true)
    expect(isFlapping(turns.slice(0, 3))).toBe(false)
  })

  it('takes unfinished evaluations for no news', () => {
    expect(isFlapping(history(['succeeded', 'a'], ['building', 'a'], ['queued', 'a'], ['succeeded', 'a']))).toBe(false)
  })
})

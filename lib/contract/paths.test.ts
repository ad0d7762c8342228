import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOG_PAGE_LINES, logPageOf, paths } from './paths'

const MAGMA = '/nix/store/5fkbl7gcmhk9vv4y2ch2m3zqf1ia4pkk-magma+x?=1-2.6.2.drv'

describe('The address of a line of a log', () => {
  it('names a page that holds the line, however many numbers are left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), (number) => {
        const from = logPageOf(number)
        expect(from).toBeGreaterThanOrEqual(1)
        expect(from).toBeLessThanOrEqual(number)
        expect(number - from).toBeLessThan(LOG_PAGE_LINES)
      }),
    )
  })

  it('keeps a search, and leaves out what says nothing', () => {
    const file = '/derivations/5fkbl7gcmhk9vv4y2ch2m3zqf1ia4pkk-magma%2Bx%3F%3D1-2.6.2.drv'
    expect(paths.derivationLine(MAGMA, 7)).toBe(`${file}#L7`)
    expect(paths.derivationLine(MAGMA, 2_345, 'a&b #c')).toBe(`${file}?from=2001&q=a%26b+%23c#L2345`)
    expect(paths.derivationLog(MAGMA, { from: 1, q: 'x' })).toBe(`${file}?q=x#log`)
  })
})

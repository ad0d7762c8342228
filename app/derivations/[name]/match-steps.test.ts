import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenLine, matchFrom } from './match-steps'

const rising = fc
  .uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 1 })
  .map((list) => list.sort((a, b) => a - b))

describe('Going from match to match', () => {
  it('visits every match once, in order, and begins again at the end', () => {
    fc.assert(
      fc.property(rising, (matches) => {
        const seen: (number | null)[] = []
        for (let line: number | null = null; seen.length < matches.length + 1; seen.push(line)) {
          line = matchFrom(matches, line, 1)
        }
        expect(seen).toEqual([...matches, matches[0]])
      }),
    )
  })

  it('goes back where it came from', () => {
    fc.assert(
      fc.property(rising, fc.nat(), (matches, place) => {
        const here = matches[place % matches.length] ?? null
        expect(matchFrom(matches, matchFrom(matches, here, 1), -1)).toBe(here)
      }),
    )
  })

  it('goes nowhere without a match', () => {
    expect(matchFrom([], 5, 1)).toBeNull()
    expect(matchFrom([], null, -1)).toBeNull()
  })

  it('takes the chosen line from the address, and from nothing else in it', () => {
    expect(['#L12', '', '#log', '#L', '#L1x', '#L99999999999'].map(chosenLine)).toEqual([12, ...Array(5).fill(null)])
  })
})

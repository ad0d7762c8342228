import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestPresence, neededPresence, PRESENCES, presenceCode, presenceOfCode } from './presence'

const presence = fc.constantFrom(...PRESENCES)
const nothingIgnored: ReadonlySet<string> = new Set()

describe('stored codes', () => {
  it('read back as the presence that was stored, with the numbers that databases in use hold', () => {
    expect(PRESENCES.map(presenceCode).map(presenceOfCode)).toEqual([...PRESENCES])
    expect(PRESENCES.map(presenceCode)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('that no version has given out are unchecked, never cached', () => {
    expect([0, 7, -1, 1.5].map(presenceOfCode)).toEqual(['unchecked', 'unchecked', 'unchecked', 'unchecked'])
  })
})

describe('bestPresence', () => {
  it('takes the best answer: cached, untrusted, unreachable, unchecked, evicted, missing', () => {
    const order = ['cached', 'untrusted', 'unreachable', 'unchecked', 'evicted', 'missing'] as const
    for (const [index, best] of order.entries()) {
      expect(bestPresence([...order.slice(index)].reverse())).toBe(best)
    }
  })

  it('is unchecked when no cache is configured', () => {
    expect(bestPresence([])).toBe('unchecked')
  })

  it('does not depend on the order of the caches or on repeats', () => {
    fc.assert(
      fc.property(fc.array(presence, { minLength: 1 }), (answers) => {
        expect(bestPresence([...answers].reverse())).toBe(bestPresence(answers))
        expect(bestPresence([...answers, ...answers])).toBe(bestPresence(answers))
      }),
    )
  })
})

describe('neededPresence', () => {
  it('is cached when every output that is not ignored is', () => {
    const outputs = [
      { name: 'out', presence: 'cached' as const },
      { name: 'dev', presence: 'cached' as const },
      { name: 'doc', presence: 'missing' as const },
    ]
    expect(neededPresence(outputs, new Set(['doc']))).toBe('cached')
    expect(neededPresence(outputs, nothingIgnored)).toBe('missing')
  })

  it('is unchecked when no output is known, and when all of them are ignored', () => {
    expect(neededPresence([], nothingIgnored)).toBe('unchecked')
    expect(neededPresence([{ name: 'doc', presence: 'cached' }], new Set(['doc']))).toBe('unchecked')
  })

  it('is not cached as soon as one needed output is anything else', () => {
    fc.assert(
      fc.property(fc.array(presence), fc.nat(), presence, (others, at, odd) => {
        fc.pre(odd !== 'cached')
        const outputs = others.toSpliced(at % (others.length + 1), 0, odd).map((one, index) => ({
          name: `out${index}`,
          presence: one,
        }))
        expect(neededPresence(outputs, nothingIgnored)).not.toBe('cached')
      }),
    )
  })

  it('names what stands in the way: an ignored output never does', () => {
    for (const lack of PRESENCES) {
      const outputs = [
        { name: 'out', presence: 'cached' as const },
        { name: 'dev', presence: lack },
      ]
      expect(neededPresence(outputs, nothingIgnored)).toBe(lack)
      expect(neededPresence(outputs, new Set(['dev']))).toBe('cached')
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text'

describe('plainText', () => {
  it('leaves ordinary text as it is', () => {
    for (const text of ['python3Packages.torch', '<b>&"\'', 'Schrödinger 日本語 🐍', '']) {
      expect(plainText(text, 100)).toBe(text)
    }
  })

  it('takes out what no XML can hold, lines, and marks that turn the direction of writing', () => {
    expect(plainText('a\u0000b\u001b[31m\r\nc\u202Etxt\ud800d\uFFFFe', 100)).toBe('a b [31m c txt d e')
  })

  it('cuts between characters, never within one', () => {
    expect(plainText('🐍🐍🐍', 3)).toBe('🐍🐍🐍')
    expect(plainText('🐍🐍🐍🐍', 3)).toBe('🐍🐍…')
  })

  it('is never longer than it may be, and changes nothing when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const plain = plainText(text, max)
        expect([...plain].length).toBeLessThanOrEqual(max)
        expect(plainText(plain, max)).toBe(plain)
        expect(plain).not.toMatch(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u)
      }),
    )
  })
})

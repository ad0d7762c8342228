import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mended } from './broken-addresses'

describe('mended', () => {
  it.each([
    ['/packages/%ZZ', '/packages/%25ZZ'],
    ['/packages/%E0%A4/suspects?branch=%ZZ', '/packages/%25E0%25A4/suspects?branch=%ZZ'],
    ['/packages/a%2Fb?q=1?2', '/packages/a%2Fb?q=1?2'],
    ['/', '/'],
  ])('makes of %s %s', (address, expected) => {
    expect(mended(address)).toBe(expected)
  })

  it('leaves every address that can be decoded as it is, and makes every other one so', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(mended(`/${encodeURIComponent(text)}`)).toBe(`/${encodeURIComponent(text)}`)
        expect(() => decodeURIComponent(mended(`/${text}`).split('?')[0] ?? '')).not.toThrow()
      }),
    )
  })
})

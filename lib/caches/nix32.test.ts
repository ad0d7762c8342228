import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeNix32, encodeNix32 } from './nix32'

const VECTORS = [
  ['', ''],
  ['ff', '7z'],
  ['0102', '00h1'],
  [`${'00'.repeat(19)}1f`, '3w000000000000000000000000000000'],
  [createHash('sha256').update('').digest('hex'), '0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73'],
  [createHash('sha256').update('abc').digest('hex'), '1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s'],
] as const

describe('nix32', () => {
  it.each(VECTORS)('writes %s as %s and reads it back', (hex, text) => {
    expect(encodeNix32(Buffer.from(hex, 'hex'))).toBe(text)
    expect(Buffer.from(decodeNix32(text) ?? 'nothing').toString('hex')).toBe(hex)
  })

  it('gives back any bytes it was given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect([...(decodeNix32(encodeNix32(bytes)) ?? ['nothing'])]).toEqual([...bytes])
      }),
    )
  })

  it('reads no text that it would not write', () => {
    const likely = fc.string({ unit: fc.constantFrom(...'0123456789abcdfghijklmnpqrsvwxyzeotuA'), maxLength: 60 })
    fc.assert(
      fc.property(fc.oneof(likely, fc.string()), (text) => {
        const bytes = decodeNix32(text)
        expect(bytes === null || encodeNix32(bytes) === text).toBe(true)
      }),
    )
  })

  it.each([
    ['a letter outside the alphabet', `0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c7e`],
    ['an upper-case letter', '7Z'],
    ['bits beyond the last byte', 'zz'],
    ['a sha256 whose first digit is over 1', `2${'0'.repeat(51)}`],
    ['a length that no number of bytes has', '000'],
  ])('refuses %s', (_what, text) => {
    expect(decodeNix32(text)).toBeNull()
  })
})

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashToHex, hashToNix32, parseHash } from './hash'
import { encodeNix32 } from './nix32'

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const hexOf = (text: string) => {
  const hash = parseHash(text)
  return hash === null ? null : hashToHex(hash)
}

describe('parseHash', () => {
  it.each([
    `sha256:${EMPTY}`,
    `sha256:${EMPTY.toUpperCase()}`,
    'sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73',
    'sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  ])('reads %s as the hash of nothing', (text) => {
    expect(hexOf(text)).toBe(EMPTY)
  })

  it('reads every form of every algorithm as the same bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom('md5', 'sha1', 'sha256', 'sha512'), fc.string(), (algorithm, content) => {
        const bytes = createHash(algorithm).update(content).digest()
        const [hex, base64] = [bytes.toString('hex'), bytes.toString('base64')]
        const digits = [`:${hex}`, `:${encodeNix32(bytes)}`, `:${base64}`, `-${base64}`]
        expect(digits.map((text) => hexOf(algorithm + text))).toEqual([hex, hex, hex, hex])
      }),
    )
  })

  it('writes the form that signatures are made over', () => {
    const hash = parseHash(`sha256:${EMPTY}`)
    expect(hash && hashToNix32(hash)).toBe('sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73')
  })

  it.each([
    ['no algorithm', EMPTY],
    ['an unknown algorithm', `blake3:${EMPTY}`],
    ['a property every object has', `constructor:${EMPTY}`],
    ['hex in SRI form', `sha256-${EMPTY}`],
    ['a digit too few', `sha256:${EMPTY.slice(1)}`],
    ['base64 without padding', 'sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'],
    ['base64 with bits beyond the last byte', 'sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV='],
    ['the length of another algorithm', `sha1:${EMPTY}`],
    ['a line end behind it', `sha256:${EMPTY}\n`],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(parseHash(text)).toBeNull()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAttributePath, parseAttributePath } from './attribute-path'

// Names made of the characters that matter here, so that quotes, escapes and interpolations meet.
const odd = fc.string({
  unit: fc.constantFrom('a', '.', '"', '\\', '$', '{', '}', '\n', '\r', '\t', ' ', '-', "'", '7'),
})
const name = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), odd, fc.constantFrom('if', 'rec', 'in', 'n', ''))

describe('formatAttributePath', () => {
  it('leaves identifiers alone and quotes all else, as Nix does', () => {
    expect(formatAttributePath(['python3Packages', 'torch'])).toBe('python3Packages.torch')
    expect(formatAttributePath(['obs-studio-plugins', "foldl'"])).toBe("obs-studio-plugins.foldl'")
    expect(formatAttributePath(['a', 'b.c', 'd'])).toBe('a."b.c".d')
    expect(formatAttributePath(['checks', '', '7zip'])).toBe('checks.""."7zip"')
    expect(formatAttributePath(['needs "quotes"/slash.dot'])).toBe('"needs \\"quotes\\"/slash.dot"')
  })

  it('escapes what would end or interpolate the string, and words of the language', () => {
    expect(formatAttributePath(['a\\b', '$' + '{x}', '$x', 'let'])).toBe('"a\\\\b"."\\$' + '{x}"."$x"."let"')
    expect(formatAttributePath(['two\nlines'])).toBe('"two\\nlines"')
  })

  it('reads back as the same path, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(name), (path) => {
        expect(parseAttributePath(formatAttributePath(path))).toEqual(path)
      }),
    )
  })

  it('gives different paths different texts', () => {
    fc.assert(
      fc.property(fc.array(odd), fc.array(odd), (a, b) => {
        expect(formatAttributePath(a) === formatAttributePath(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })
})

describe('parseAttributePath', () => {
  it('reads a single name with dots as a path', () => {
    expect(parseAttributePath('python3Packages.torch')).toEqual(['python3Packages', 'torch'])
    expect(parseAttributePath('a."b.c".d')).toEqual(['a', 'b.c', 'd'])
    expect(parseAttributePath('"$x".7zip')).toEqual(['$x', '7zip'])
  })

  it('reads names of any length', () => {
    const long = ['"\\$'.repeat(50_000), 'a'.repeat(500_000)]
    expect(parseAttributePath(formatAttributePath(long))).toEqual(long)
    expect(parseAttributePath(`"${'a'.repeat(9_000_000)}`)).toBeNull()
  })

  it.each(['a.', '.a', 'a..b', '.', 'a"b"', '"a', '"a"b', '"a\\"', '"$' + '{x}"', '"a""b"', 'a."b".'])(
    'refuses %s',
    (text) => {
      expect(parseAttributePath(text)).toBeNull()
    },
  )
})

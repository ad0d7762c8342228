import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesGlob, matchingLengths } from './glob'

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '.', '_', '\n', '*', '?', '(', '[', '\\', '^', '$', '-', '/'),
})

describe('matchesGlob', () => {
  it('lets * stand for any run, an empty one too, and ? for one character', () => {
    expect(matchesGlob('buildMaster*', 'buildMaster')).toBe(true)
    expect(matchesGlob('buildMaster*', 'buildMasterAmpere')).toBe(true)
    expect(matchesGlob('nixos-??.??', 'nixos-21.11')).toBe(true)
    expect(matchesGlob('nixos-??.??', 'nixos-21.11-small')).toBe(false)
    expect(matchesGlob('?', '')).toBe(false)
    expect(matchesGlob('?', '😀')).toBe(true)
  })

  it('keeps wildcards from crossing the barrier', () => {
    expect(matchesGlob('cuda_*_*', 'cuda_11_5', '_')).toBe(true)
    expect(matchesGlob('cuda_*_*', 'cuda_11_5_blender', '_')).toBe(false)
    expect(matchesGlob('a?b', 'a_b', '_')).toBe(false)
    expect(matchesGlob('a*b', 'a-^]b', '^-]')).toBe(false)
  })

  it('matches the whole text, by case', () => {
    expect(matchesGlob('master', 'masters')).toBe(false)
    expect(matchesGlob('master', 'a\nmaster')).toBe(false)
    expect(matchesGlob('master', 'Master')).toBe(false)
  })

  it('takes all but wildcards literally, whatever a regular expression would make of it', () => {
    fc.assert(
      fc.property(text, text, (glob, other) => {
        fc.pre(!/[*?]/.test(glob))
        expect(matchesGlob(glob, other)).toBe(glob === other)
        expect(matchesGlob(glob, glob)).toBe(true)
      }),
    )
  })

  it('matches any text by *, and a text around any run', () => {
    fc.assert(
      fc.property(text, text, text, (start, run, end) => {
        fc.pre(!/[*?]/.test(start + end))
        expect(matchesGlob('*', run)).toBe(true)
        expect(matchesGlob(`${start}*${end}`, start + run + end)).toBe(true)
      }),
    )
  })

  it('decides a hostile text in a moment, however many wildcards', () => {
    expect(matchesGlob(`${'*a'.repeat(20)}b`, 'a'.repeat(5_000))).toBe(false)
    expect(matchesGlob('*a*a*a*', 'a'.repeat(5_000))).toBe(true)
  })
})

describe('matchingLengths', () => {
  it('gives the beginnings that match, longest first', () => {
    expect(matchingLengths('cuda_*_*', 'cuda_11_5_blender', '_')).toEqual([9, 8])
    expect(matchingLengths('basic', 'basic_blas', '_')).toEqual([5])
    expect(matchingLengths('intel', 'basic_blas', '_')).toEqual([])
  })

  it('agrees with matching each beginning by itself', () => {
    const barrier = fc.constantFrom('', '_', '_.')
    fc.assert(
      fc.property(text, text, barrier, (glob, whole, wall) => {
        const each = Array.from({ length: whole.length + 1 }, (_, index) => whole.length - index)
        expect(matchingLengths(glob, whole, wall)).toEqual(
          each.filter((length) => matchesGlob(glob, whole.slice(0, length), wall)),
        )
      }),
    )
  })
})

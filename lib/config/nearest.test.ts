import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from './nearest'

describe('editDistance', () => {
  it('is zero between equals and the same in both directions', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (from, to) => {
        expect(editDistance(from, from)).toBe(0)
        expect(editDistance(from, to)).toBe(editDistance(to, from))
      }),
    )
  })

  it('counts a letter too many, one too few, a wrong one and two swapped ones as one slip each', () => {
    expect(['brannches', 'banches', 'branchos', 'brnaches'].map((slip) => editDistance(slip, 'branches'))).toEqual([
      1, 1, 1, 1,
    ])
  })
})

describe('nearest', () => {
  const known = ['sources', 'caches', 'branches', 'staleAfterHours', 'url']

  it('finds what was meant', () => {
    expect(['source', 'Branches', 'staleafterhour', 'ulr'].map((word) => nearest(word, known))).toEqual([
      'sources',
      'branches',
      'staleAfterHours',
      'url',
    ])
  })

  it('says nothing when nothing is near', () => {
    expect(nearest('colour', known)).toBeNull()
    expect(nearest('x', [])).toBeNull()
  })
})

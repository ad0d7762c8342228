import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { causePlaceOf, RowCursorSchema, rowPlaceOf, toCursor } from './cursor'

describe('toCursor', () => {
  it('makes of every place a text for addresses that leads back to it', () => {
    const place = fc.tuple(fc.nat(), fc.option(fc.nat()), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(place, (given) => {
        const cursor = toCursor(given)
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(rowPlaceOf(cursor)).toEqual(given)
      }),
    )
  })

  it('keeps the places of packages and of causes apart', () => {
    const ofCause = toCursor([1, 2, null, 'magma', 'abc'])
    expect(causePlaceOf(ofCause)).toEqual([1, 2, null, 'magma', 'abc'])
    expect(rowPlaceOf(ofCause)).toBeNull()
  })

  it.each(['', 'pytorch', '%', '!!', 'e30', 'x'.repeat(3000)])('refuses %j, which it never made', (text) => {
    expect(RowCursorSchema.safeParse(text).success).toBe(false)
  })
})

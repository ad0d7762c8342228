import { describe, expect, it } from 'vitest'
import { ageWords } from './age'

const now = new Date('2026-11-23T12:00:00Z')

describe('ageWords', () => {
  it.each([
    ['2026-11-23T11:59:01Z', 'now'],
    ['2026-11-23T13:00:00Z', 'now'],
    ['2026-11-23T11:59:00Z', '1 min'],
    ['2026-11-23T11:00:01Z', '59 min'],
    ['2026-11-23T11:00:00Z', '1 h'],
    ['2026-11-21T12:00:01Z', '47 h'],
    ['2026-11-21T12:00:00Z', '2 d'],
    ['2025-11-23T12:00:00Z', '365 d'],
  ])('says of %s: %s', (at, words) => {
    expect(ageWords(at, now)).toBe(words)
  })
})

import { expect, it } from 'vitest'
import { durationWords, untilWords } from './spans'

it.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [3_840_000, '1 h 4 min'],
  [-5, '0 s'],
])('calls %d ms %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})

it.each([
  ['2026-11-23T12:00:30Z', 'now'],
  ['2026-11-23T11:00:00Z', 'now'],
  ['2026-11-23T12:04:59Z', 'in 4 min'],
  ['2026-11-23T14:30:00Z', 'in 2 h 30 min'],
])('says that %s is due %s at noon', (at, words) => {
  expect(untilWords(at, new Date('2026-11-23T12:00:00Z'))).toBe(words)
})

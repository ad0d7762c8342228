import { expect, it } from 'vitest'
import { durationWords } from './duration'

it.each([
  ['2026-11-23T10:00:20Z', 'under 1 min'],
  ['2026-11-23T10:06:00Z', '6 min'],
  ['2026-11-23T11:00:00Z', '1 h 0 min'],
  ['2026-11-24T12:19:00Z', '26 h 19 min'],
  ['2026-11-23T09:00:00Z', null],
  [null, null],
])('from ten o’clock to %s it took %s', (finishedAt, words) => {
  expect(durationWords('2026-11-23T10:00:00Z', finishedAt)).toBe(words)
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextReadingMs } from './narinfo-pace'

const HOUR = 60

/** The times of reading when somebody asks every so many minutes for a while. */
function readings(every: number, minutes: number): number[] {
  const read = [0]
  for (let now = every; now <= minutes; now += every) {
    if (now >= nextReadingMs({ narinfoMs: read.at(-1) ?? 0, untrustedMs: 0 }, HOUR)) read.push(now)
  }
  return read
}

it('reads at once what was never read', () => {
  expect(nextReadingMs({ narinfoMs: null, untrustedMs: null }, HOUR)).toBeLessThan(0)
})

it('waits twice as long after each reading', () => {
  expect(readings(15, 40 * HOUR).map((minutes) => minutes / HOUR)).toEqual([0, 1, 2, 4, 8, 16, 32])
})

it('never reads more often than configured, and ever more rarely the longer a narinfo is doubted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: HOUR, max: 100_000 }), (every, minutes) => {
      const read = readings(every, minutes)
      for (const [index, at] of read.entries()) {
        if (index > 0) expect(at - (read[index - 1] ?? 0)).toBeGreaterThanOrEqual(HOUR)
      }
      expect(read.length).toBeLessThanOrEqual(2 + Math.log2(minutes / HOUR))
    }),
  )
})

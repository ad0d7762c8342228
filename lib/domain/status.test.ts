import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  healthOf,
  isBroken,
  JUDGEMENTS,
  judge,
  judgementCode,
  judgementOfCode,
  mayBeReady,
  STATUSES,
  statusCode,
  statusOfCode,
} from './status'

const status = fc.constantFrom(...STATUSES)
const judgement = fc.constantFrom(...JUDGEMENTS)

describe('stored codes', () => {
  it('read back as the status and judgement that were stored', () => {
    expect(STATUSES.map(statusCode).map(statusOfCode)).toEqual([...STATUSES])
    expect(JUDGEMENTS.map(judgementCode).map(judgementOfCode)).toEqual([...JUDGEMENTS])
  })

  it('keep the numbers that databases in use hold', () => {
    expect(Object.fromEntries(STATUSES.map((word) => [word, statusCode(word)]))).toEqual({
      succeeded: 1,
      failed: 2,
      'dependency-failed': 3,
      'timed-out': 4,
      'evaluation-failed': 5,
      cancelled: 6,
      building: 7,
      queued: 8,
      unknown: 9,
      absent: 10,
    })
    expect(JUDGEMENTS.map(judgementCode)).toEqual([0, 1, 2])
  })

  it('that no version has given out are unknown, never success', () => {
    fc.assert(
      fc.property(fc.integer(), (code) => {
        fc.pre(code < 1 || code > STATUSES.length)
        expect(statusOfCode(code)).toBe('unknown')
      }),
    )
  })
})

describe('healthOf', () => {
  it('calls success alone good, and exactly the four failures broken', () => {
    expect(STATUSES.filter((word) => healthOf(word) === 'good')).toEqual(['succeeded'])
    expect(STATUSES.filter(isBroken)).toEqual(['failed', 'dependency-failed', 'timed-out', 'evaluation-failed'])
  })
})

describe('judge', () => {
  it('swaps failed and succeeded of what must fail', () => {
    expect(judge('failed', 'must-fail')).toBe('succeeded')
    expect(judge('succeeded', 'must-fail')).toBe('failed')
  })

  it('leaves every other status of what must fail as it is', () => {
    for (const word of STATUSES.filter((one) => one !== 'failed' && one !== 'succeeded')) {
      expect(judge(word, 'must-fail')).toBe(word)
    }
  })

  it('leaves regular and may-fail results as they are', () => {
    fc.assert(
      fc.property(status, fc.constantFrom('regular' as const, 'may-fail' as const), (word, kind) => {
        expect(judge(word, kind)).toBe(word)
      }),
    )
  })

  it('undoes itself when applied twice', () => {
    fc.assert(
      fc.property(status, judgement, (word, kind) => {
        expect(judge(judge(word, kind), kind)).toBe(word)
      }),
    )
  })
})

describe('mayBeReady', () => {
  it('is never said of a success that comes of swapping', () => {
    fc.assert(
      fc.property(status, (word) => {
        expect(mayBeReady(judge(word, 'must-fail'), 'must-fail')).toBe(false)
      }),
    )
  })

  it('is said of nothing but success', () => {
    expect(STATUSES.filter((word) => mayBeReady(word, 'regular'))).toEqual(['succeeded'])
    expect(STATUSES.filter((word) => mayBeReady(word, 'may-fail'))).toEqual(['succeeded'])
  })
})

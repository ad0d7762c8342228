import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FreshnessFacts, freshnessOf } from './freshness'

const HOUR = 3_600_000
const now = new Date('2022-05-20T12:00:00Z')

function ago(hours: number): Date {
  return new Date(now.getTime() - hours * HOUR)
}

function facts(rest: Partial<FreshnessFacts> = {}): FreshnessFacts {
  return {
    evaluationAt: ago(3),
    nixpkgsDate: ago(30),
    upstreamDate: ago(6),
    sourceReadAt: ago(0.1),
    now,
    limits: { staleAfterHours: 48, staleBehindDays: 14 },
    ...rest,
  }
}

describe('freshnessOf', () => {
  it('is fresh when evaluated and read of late and close to upstream', () => {
    expect(freshnessOf(facts())).toEqual({ freshness: 'fresh', reasons: [], behindDays: 1 })
  })

  it('is never when there is no finished evaluation', () => {
    expect(freshnessOf(facts({ evaluationAt: null })).freshness).toBe('never')
  })

  it('is stale past a limit, and not yet at it', () => {
    expect(freshnessOf(facts({ evaluationAt: ago(48) })).freshness).toBe('fresh')
    expect(freshnessOf(facts({ evaluationAt: ago(48.01) })).reasons).toEqual(['evaluation-old'])
    expect(freshnessOf(facts({ sourceReadAt: ago(49) })).reasons).toEqual(['source-unread'])
    expect(freshnessOf(facts({ nixpkgsDate: ago(6 + 14 * 24) })).freshness).toBe('fresh')
    expect(freshnessOf(facts({ nixpkgsDate: ago(7 + 14 * 24) })).reasons).toEqual(['behind'])
  })

  it('is stale when the source was never read, or a time is none', () => {
    expect(freshnessOf(facts({ sourceReadAt: null })).reasons).toEqual(['source-unread'])
    expect(freshnessOf(facts({ evaluationAt: new Date(Number.NaN) })).reasons).toEqual(['evaluation-old'])
  })

  it('names every reason at once', () => {
    const old = facts({ evaluationAt: ago(900), nixpkgsDate: ago(900), sourceReadAt: ago(900) })
    expect(freshnessOf(old)).toMatchObject({
      freshness: 'stale',
      reasons: ['evaluation-old', 'behind', 'source-unread'],
    })
  })

  it('does not call a branch behind when either date is unknown, nor when it is ahead', () => {
    expect(freshnessOf(facts({ nixpkgsDate: null, upstreamDate: ago(0) })).behindDays).toBeNull()
    expect(freshnessOf(facts({ upstreamDate: null }))).toMatchObject({ freshness: 'fresh', behindDays: null })
    expect(freshnessOf(facts({ nixpkgsDate: ago(1), upstreamDate: ago(6) })).behindDays).toBe(0)
  })

  it('obeys the limits of the branch', () => {
    const limits = { staleAfterHours: 200, staleBehindDays: 40 }
    expect(freshnessOf(facts({ evaluationAt: ago(150), nixpkgsDate: ago(30 * 24), limits })).freshness).toBe('fresh')
  })

  it('never turns fresh again by mere passing of time', () => {
    const hours = fc.double({ min: 0, max: 2000, noNaN: true })
    fc.assert(
      fc.property(hours, hours, hours, (evaluated, read, later) => {
        const early = facts({ evaluationAt: ago(evaluated), sourceReadAt: ago(read) })
        const late = { ...early, now: new Date(now.getTime() + later * HOUR) }
        fc.pre(freshnessOf(early).freshness === 'stale')
        expect(freshnessOf(late).freshness).toBe('stale')
      }),
    )
  })
})

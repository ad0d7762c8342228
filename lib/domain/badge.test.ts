import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type BadgeWord,
  badgeOf,
  badgeOver,
  NO_DATA,
  type PinFacts,
  type PlaceFacts,
  pinBadge,
  readyBadge,
  TONE_COLORS,
  TONES,
} from './badge'
import type { CellFacts } from './cell-word'
import { PRESENCES } from './presence'
import { STATUSES } from './status'

const NOW = new Date('2026-11-23T12:00:00Z')
const FIVE_DAYS_AGO = '2026-11-18T11:00:00Z'
const TODAY = '2026-11-23T10:00:00Z'

function place(cell: Partial<CellFacts> | null, more: Partial<PlaceFacts> = {}): PlaceFacts {
  const facts = { status: 'succeeded', isReady: false, presence: 'unchecked', cause: null } as const
  return { cell: cell && { ...facts, ...cell }, freshness: 'fresh', finishedAt: TODAY, ...more }
}

const READY = place({ isReady: true, presence: 'cached' })
const FAILED = place({ status: 'failed' })

const anyPlace: fc.Arbitrary<PlaceFacts> = fc.record({
  cell: fc.option(
    fc.record({
      status: fc.constantFrom(...STATUSES),
      isReady: fc.boolean(),
      presence: fc.constantFrom(...PRESENCES),
      cause: fc.option(fc.string()),
    }),
  ),
  freshness: fc.constantFrom('fresh', 'stale', 'never'),
  finishedAt: fc.option(fc.constantFrom(TODAY, FIVE_DAYS_AGO, '2025-01-01T00:00:00Z')),
})

describe('badgeOf', () => {
  it.each([
    [READY, 'passing', 'good'],
    [place({ presence: 'missing' }), 'passing, not cached', 'part'],
    [place({ presence: 'evicted' }), 'passing, evicted', 'part'],
    [place({ presence: 'untrusted' }), 'passing, untrusted cache', 'bad'],
    [place({ presence: 'unreachable' }), 'passing, cache unknown', 'idle'],
    [place({ presence: 'unchecked' }), 'passing, cache unknown', 'idle'],
    [FAILED, 'failing', 'bad'],
    [place({ status: 'dependency-failed', cause: 'magma' }), 'broken dependency', 'bad'],
    [place({ status: 'timed-out' }), 'timed out', 'bad'],
    [place({ status: 'evaluation-failed' }), 'does not evaluate', 'lost'],
    [place({ status: 'building' }), 'building', 'busy'],
    [place({ status: 'queued' }), 'queued', 'busy'],
    [place({ status: 'cancelled' }), 'cancelled', 'idle'],
    [place({ status: 'unknown' }), 'unknown', 'idle'],
    [place({ status: 'absent' }), 'not in this set', 'idle'],
    [place(null), 'not in this set', 'idle'],
    [place(null, { freshness: 'never' }), 'no data', 'idle'],
    [{ ...READY, freshness: 'stale', finishedAt: FIVE_DAYS_AGO }, 'stale 5 d', 'idle'],
    [{ ...READY, freshness: 'stale', finishedAt: null }, 'stale', 'idle'],
  ] as const)('says of %j: %s', (facts, word, tone) => {
    expect(badgeOf(facts, NOW)).toMatchObject({ word, tone })
  })

  it('is green when, and only when, the package is ready and the facts are fresh', () => {
    fc.assert(
      fc.property(anyPlace, (facts) => {
        const { word, tone } = badgeOf(facts, NOW)
        const isReady = facts.cell?.status === 'succeeded' && facts.cell.isReady && facts.freshness === 'fresh'
        expect(tone === 'good').toBe(isReady)
        expect(word === 'passing').toBe(isReady)
      }),
    )
  })

  it('of anything that is not fresh is grey', () => {
    fc.assert(
      fc.property(anyPlace, fc.constantFrom('stale', 'never'), (facts, freshness) => {
        expect(badgeOf({ ...facts, freshness }, NOW).tone).toBe('idle')
      }),
    )
  })
})

describe('badgeOver', () => {
  const over = (...places: PlaceFacts[]) =>
    badgeOver(
      places.map((one) => badgeOf(one, NOW)),
      NOW,
    )

  it('says of one place what that says, and of places that agree what they all say', () => {
    fc.assert(
      fc.property(anyPlace, fc.integer({ min: 1, max: 5 }), (facts, times) => {
        const { word, tone } = badgeOf(facts, NOW)
        expect(over(...Array.from({ length: times }, () => facts))).toMatchObject({ word, tone })
      }),
    )
  })

  it('counts the places whose own badge is a plain passing', () => {
    expect(over(READY, READY, READY, FAILED)).toMatchObject({ word: 'passing on 3 of 4', tone: 'part' })
    expect(over(READY, place({ presence: 'evicted' }))).toMatchObject({ word: 'passing on 1 of 2', tone: 'part' })
    expect(over(FAILED, place({ status: 'building' }))).toMatchObject({ word: 'passing on 0 of 2', tone: 'bad' })
    expect(over(place({ status: 'queued' }), place({ status: 'building' }))).toMatchObject({ tone: 'busy' })
  })

  it('leaves out where the package is not in the set, but not where nothing is known', () => {
    expect(over(READY, place(null))).toMatchObject({ word: 'passing', tone: 'good' })
    expect(over(READY, place(null, { freshness: 'never' }))).toMatchObject({ word: 'passing on 1 of 2', tone: 'part' })
    expect(over(place(null), place({ status: 'absent' }))).toMatchObject({ word: 'not in this set' })
    expect(over()).toEqual(NO_DATA)
  })

  it('of old facts alone tells the age of the newest', () => {
    const old = (finishedAt: string) => place({ isReady: true }, { freshness: 'stale', finishedAt })
    expect(over(old('2026-11-01T12:00:00Z'), old(FIVE_DAYS_AGO))).toMatchObject({ word: 'stale 5 d', tone: 'idle' })
    expect(over(old(FIVE_DAYS_AGO), READY)).toMatchObject({ word: 'passing on 1 of 2', tone: 'part' })
  })

  it('is green only when every place that has the package is, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anyPlace, { maxLength: 6 }), (places) => {
        const badge = over(...places)
        const counted = places.map((one) => badgeOf(one, NOW)).filter(({ standing }) => standing !== 'absent')
        expect(badge.tone === 'good').toBe(counted.length > 0 && counted.every(({ tone }) => tone === 'good'))
        const { word, tone } = over(...[...places].reverse())
        expect({ word, tone }).toEqual({ word: badge.word, tone: badge.tone })
      }),
    )
  })
})

describe('readyBadge', () => {
  const head = { ready: 61, packages: 68, freshness: 'fresh', finishedAt: TODAY } as const

  it.each<[Partial<Parameters<typeof readyBadge>[0]>, string, BadgeWord['tone']]>([
    [{}, '61/68 ready', 'part'],
    [{ ready: 68 }, '68/68 ready', 'good'],
    [{ ready: 68, freshness: 'stale', finishedAt: FIVE_DAYS_AGO }, '68/68 ready, stale 5 d', 'idle'],
    [{ ready: 0, packages: 0 }, 'no data', 'idle'],
    [{ freshness: 'never', finishedAt: null }, 'no data', 'idle'],
  ])('says of %j: %s', (more, word, tone) => {
    expect(readyBadge({ ...head, ...more }, NOW)).toMatchObject({ word, tone })
  })
})

describe('pinBadge', () => {
  const pin = { revision: '8cc8a5a0f1e2d3c4b5a697887766554433221100', date: '2026-11-20T11:00:00Z' }
  const facts = { pin, freshness: 'fresh', finishedAt: TODAY, isFarBehind: false, outdated: null } as const

  it.each<[Partial<PinFacts>, string, BadgeWord['tone']]>([
    [{}, 'cached at 8cc8a5a, 3 d old', 'good'],
    [{ isFarBehind: true }, 'cached at 8cc8a5a, 3 d old', 'part'],
    [{ pin: { ...pin, date: null } }, 'cached at 8cc8a5a', 'good'],
    [{ freshness: 'stale', finishedAt: FIVE_DAYS_AGO }, 'cached at 8cc8a5a, stale 5 d', 'idle'],
    [{ outdated: { checkedAt: FIVE_DAYS_AGO } }, 'cached at 8cc8a5a, asked 5 d ago', 'idle'],
    [{ outdated: { checkedAt: null } }, 'cached at 8cc8a5a, never asked', 'idle'],
    [{ pin: null }, 'no cached revision', 'part'],
    [{ pin: null, freshness: 'stale', finishedAt: FIVE_DAYS_AGO }, 'no cached revision, stale 5 d', 'idle'],
    [{ pin: null, freshness: 'never' }, 'no data', 'idle'],
  ])('says of %j: %s', (more, word, tone) => {
    expect(pinBadge({ ...facts, ...more }, NOW)).toMatchObject({ word, tone })
  })
})

it('gives every tone a colour on which white text has a contrast of 4.5 to 1', () => {
  for (const tone of TONES) expect(1.05 / (luminanceOf(TONE_COLORS[tone]) + 0.05), tone).toBeGreaterThanOrEqual(4.5)
})

/** Relative luminance of #rrggbb (WCAG 2). */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

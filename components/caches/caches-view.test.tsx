import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Cache, CoveragePoint } from '@/lib/contract/caches'
import { CachesView } from './caches-view'
import { coverageSeries, isChartable } from './coverage-series'

const NOW = new Date('2026-11-23T12:00:00Z')
const KEY = 'key-1:AAAA='

const NEVER_ASKED: Cache = {
  ...{ id: 'near', kind: 'cachix', url: 'https://near.example', recheckMinutes: 60, publicKeys: [KEY] },
  ...{ verifyUrl: 'https://app.cachix.org/cache/near', nixConf: 'extra-substituters = https://near.example\n' },
  ...{ state: 'never-asked', reason: null, since: null, checkedAt: null, aliveAt: null },
  ...{ storeDir: null, priority: null, wantMassQuery: null },
  published: { keys: null, since: null, readAt: null, reason: null, changes: [] },
  ...{ alarms: [], coverage: [{ branch: 'master', title: 'master', points: [] }] },
  survival: { lives: 0, evicted: 0, medianDays: null, curve: [] },
  untrusted: { total: 0, findings: [] },
  questions: [],
}
const ALIVE: Cache = {
  ...NEVER_ASKED,
  ...{ state: 'alive', since: '2026-11-20T12:00:00.000Z', checkedAt: '2026-11-23T11:30:00.000Z' },
  ...{ aliveAt: '2026-11-23T11:30:00.000Z', storeDir: '/nix/store', priority: 41, wantMassQuery: true },
}

function point(day: string, until: string, parts: Partial<CoveragePoint['presences']>): CoveragePoint {
  return {
    ...{ day, until: `${until}T12:00:00.000Z`, needed: 10, lastCached: parts.unreachable === undefined ? 0 : 8 },
    presences: { cached: 0, untrusted: 0, evicted: 0, missing: 0, unreachable: 0, unchecked: 0, ...parts },
    ...{ fileSize: { bytes: 2048, outputs: 8 }, narSize: { bytes: 4096, outputs: 6 } },
  }
}

const words = (caches: readonly Cache[]) =>
  renderToStaticMarkup(<CachesView caches={caches} now={NOW} />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('CachesView', () => {
  it('says what to do when no cache is configured', () => {
    expect(words([])).toContain('No cache is configured')
  })

  it('knows nothing of a cache that was never asked, and does not call it alive', () => {
    const page = words([NEVER_ASKED])
    for (const part of ['Never asked yet', 'never read yet', 'Not counted yet', 'no output was seen cached here']) {
      expect(page).toContain(part)
    }
    expect(page).not.toMatch(/Answers|priority/)
  })

  it('tells of a refusing cache since when and why, and that what stands below is old', () => {
    const page = words([{ ...ALIVE, state: 'refusing', reason: 'answered HTTP 403' }])
    expect(page).toMatch(/Refuses since 3 d : answered HTTP 403/)
    expect(page).toContain('It last answered 30 min ago')
  })

  it('calls an answer old that should have been asked for again', () => {
    expect(words([ALIVE])).not.toContain('This is old')
    expect(words([{ ...ALIVE, checkedAt: '2026-11-23T08:59:00.000Z' }])).toContain('This is old')
  })

  it('raises an alarm over changed keys with both sets, and escapes what the cache says', () => {
    const after = ['<script>alert(1)</script>']
    const changed = { at: '2026-11-23T11:00:00.000Z', before: [KEY], after }
    const cache: Cache = {
      ...ALIVE,
      published: { keys: after, since: changed.at, readAt: changed.at, reason: null, changes: [changed] },
      alarms: [
        { kind: 'changed', keys: [KEY, ...after] },
        { kind: 'configured-not-published', keys: [KEY] },
      ],
    }
    const markup = renderToStaticMarkup(<CachesView caches={[cache]} now={NOW} />)
    expect(markup).toMatch(/role="alert".*keys that this cache publishes have changed.*before.*key-1:AAAA=.*after/s)
    expect(markup).toContain('A configured key is not among those')
    expect(markup).not.toContain('<script>alert')
  })

  it('says of a plain binary cache that it publishes no keys', () => {
    expect(words([{ ...ALIVE, kind: 'binary-cache', published: null, verifyUrl: null }])).toMatch(
      /with its owner: the protocol has no place for keys.*does not publish its keys/,
    )
  })

  it('tells what is cached of what is needed, of how many outputs the bytes are, and what was last known', () => {
    const points = [point('2026-11-21', '2026-11-22', { cached: 8, evicted: 2 })]
    const known = words([{ ...ALIVE, coverage: [{ branch: 'master', title: 'master', points }] }])
    expect(known).toMatch(/8 of 10 .*2 evicted.*2\.0 KiB.*4\.0 KiB, of 6 outputs/)
    const lost = [...points, point('2026-11-23', '2026-11-23', { unreachable: 10 })]
    const unknown = words([{ ...ALIVE, coverage: [{ branch: 'master', title: 'master', points: lost }] }])
    expect(unknown).toMatch(/0 of 10 · 8 when it last answered 10 cache unknown/)
  })

  it('names the method and its limits beside survival, and the median when it is reached', () => {
    const curve = [
      { days: 3, atRisk: 4, evicted: 1, censored: 0, survival: 0.75 },
      { days: 10, atRisk: 3, evicted: 2, censored: 1, survival: 0.25 },
    ]
    const survival = { lives: 4, evicted: 3, medianDays: 10, curve }
    const page = words([{ ...ALIVE, survival }])
    expect(page).toMatch(/Half of them are evicted within 10 days.*Kaplan and Meier \(1958\).*every 60 min/)
    expect(words([{ ...ALIVE, survival: { ...survival, medianDays: null } }])).toContain('More than half live longer')
    expect(words([{ ...ALIVE, survival: { lives: 5, evicted: 0, medianDays: null, curve: [] } }])).toContain(
      'none was evicted',
    )
  })

  it('leads from an untrusted finding to its package and derivation, with the exact reason', () => {
    const finding = {
      ...{ path: '/nix/store/x-jax', output: 'out', derivation: '/nix/store/y-jax.drv', packages: ['jax'] },
      ...{ reason: 'the narinfo is not signed', signedBy: null, since: null, readAt: null, checkedAt: null },
      isCurrent: true,
    }
    const cache = { ...ALIVE, untrusted: { total: 3, findings: [finding] } }
    const markup = renderToStaticMarkup(<CachesView caches={[cache]} now={NOW} />)
    expect(markup).toContain('the narinfo is not signed')
    expect(markup).toContain('href="/packages/jax"')
    expect(markup).toContain('href="/derivations/y-jax.drv"')
    expect(words([cache])).toContain('The 1 found last; the others are not listed here')
    const old = { ...cache, untrusted: { total: 1, findings: [{ ...finding, isCurrent: false, reason: null }] } }
    expect(words([old])).toContain('was not trusted; the cache is out of reach now')
  })
})

describe('coverageSeries', () => {
  const day = (date: string) => Date.parse(date)
  const series = (points: CoveragePoint[]) =>
    coverageSeries([{ branch: 'master', title: 'master', points }])[0]?.points ?? []

  it('holds a share until the next one', () => {
    const points = [point('2026-11-20', '2026-11-21', { cached: 8 }), point('2026-11-22', '2026-11-22', { cached: 5 })]
    expect(series(points).map(({ value }) => value)).toEqual([0.8, 0.8, 0.8, 0.5, 0.5])
    expect(series(points)[0]?.atMs).toBe(day('2026-11-20'))
  })

  it('breaks where the cache did not answer, and where no sync ran: no data is not zero', () => {
    const down = [
      point('2026-11-20', '2026-11-20', { cached: 8 }),
      point('2026-11-21', '2026-11-21', { unreachable: 10 }),
    ]
    expect(series(down).map(({ value }) => value)).toEqual([0.8, 0.8, 0.8, null, null].slice(0, series(down).length))
    const away = [point('2026-11-01', '2026-11-02', { cached: 8 }), point('2026-11-20', '2026-11-20', { cached: 8 })]
    expect(series(away).map(({ value }) => value)).toEqual([0.8, 0.8, null, 0.8, 0.8])
  })

  it('makes no chart of so little that every tick would say the same day', () => {
    const chartable = (...points: CoveragePoint[]) => isChartable([{ branch: 'master', title: 'master', points }])
    expect(chartable(point('2026-11-20', '2026-11-21', { cached: 8 }))).toBe(false)
    expect(chartable(point('2026-11-20', '2026-11-22', { cached: 8 }))).toBe(true)
    expect(chartable()).toBe(false)
  })
})

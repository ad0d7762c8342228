import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { SyncReport, SyncRun } from '@/lib/contract/sync'
import { SyncRuns } from './sync-runs'
import { SyncSources } from './sync-sources'
import { SyncState } from './sync-state'
import { SyncWaiting } from './sync-waiting'

const now = new Date('2026-11-23T12:00:00Z')

function runOf(given: Partial<SyncRun>): SyncRun {
  return {
    id: 'a',
    trigger: 'button',
    who: 'Ada',
    startedAt: '2026-11-23T11:50:00.000Z',
    finishedAt: '2026-11-23T11:52:05.000Z',
    status: 'done',
    progress: null,
    counts: { evaluations: 12, results: 16_800, checks: 3 },
    errors: [],
    ...given,
  }
}

function textOf(markup: React.ReactNode): string {
  return renderToStaticMarkup(markup)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('SyncRuns', () => {
  it('says who started a run, how it ended, how long it took and what it read', () => {
    expect(textOf(<SyncRuns runs={[runOf({})]} now={now} />)).toMatch(
      /10 min ago .*button \(Ada\) .*✓ done .*2 min 5 s .*12 .*16 800 .*3/,
    )
  })

  it('shows what failed with its address and reason, as text whatever it holds', () => {
    const errors = [
      {
        source: 'hydra',
        address: 'https://x/<img>',
        reason: '<script>alert(1)</script>',
        at: '2026-11-23T11:51:00.000Z',
      },
    ]
    const markup = renderToStaticMarkup(<SyncRuns runs={[runOf({ status: 'failed', errors })]} now={now} />)

    expect(markup).toContain('ended with faults')
    expect(markup).toContain('https://x/&lt;img&gt;')
    expect(markup).toContain('&lt;script&gt;')
    expect(markup).not.toContain('<script>')
  })

  it('tells a new installation what to do', () => {
    expect(textOf(<SyncRuns runs={[]} now={now} />)).toContain('npm run sync')
  })
})

describe('SyncWaiting', () => {
  const words = (waiting: SyncReport['waiting']) => textOf(<SyncWaiting waiting={waiting} now={now} />).trim()

  it('says what is left and what it waits for', () => {
    const rangesRetryAt = '2026-11-23T12:20:00.000Z'
    expect(words({ logs: 12, ranges: 3, rangesRetryAt })).toBe(
      '12 build logs are not read yet; the next syncs go on, newest breakage first. ' +
        '3 ranges of commits to suspect are not read yet; GitHub’s hourly budget lets us go on in 20 min.',
    )
    expect(words({ logs: 0, ranges: 1, rangesRetryAt: null })).toBe(
      'One range of commits to suspect is not read yet; the next syncs go on with what GitHub’s hourly budget leaves beside lock files.',
    )
  })

  it('says nothing where nothing is left', () => {
    expect(words({ logs: 0, ranges: 0, rangesRetryAt: null })).toBe('')
  })
})

describe('SyncState', () => {
  const waiting = { logs: 0, ranges: 0, rangesRetryAt: null }
  const report: SyncReport = {
    running: null,
    next: '2026-11-23T12:15:00.000Z',
    runs: [],
    waiting,
    sources: [],
    receivers: [],
  }

  it('tells how far a running sync is', () => {
    const progress = { stage: 'evaluations', source: 'hydra', done: 3, total: 9 } as const
    const running = runOf({ id: 'r', status: 'running', finishedAt: null, progress })
    const text = textOf(<SyncState report={{ ...report, running: 'r', runs: [running] }} now={now} />)

    expect(text).toContain('A sync is running.')
    expect(text).toContain('reading evaluations of hydra 3 of 9')
  })

  it('tells when the next one is due, or that none is', () => {
    expect(textOf(<SyncState report={report} now={now} />)).toContain('Next scheduled sync: in 15 min')
    expect(textOf(<SyncState report={{ ...report, next: null }} now={now} />)).toContain('No further sync')
  })
})

describe('SyncSources', () => {
  it('tells about waiting lock files and runs that no branch matches', () => {
    const source = {
      id: 'nixpkgs-unfree',
      kind: 'hercules-ci',
      url: 'https://hercules-ci.com',
      readAt: null,
      locksWaiting: 40,
      locksRetryAt: '2026-11-23T12:30:00.000Z',
      skipped: [
        { name: 'develop', runs: 7 },
        { name: 'try', runs: 2 },
      ],
    }
    const text = textOf(<SyncSources sources={[source]} now={now} />)

    expect(text).toContain('Never read in full yet.')
    expect(text).toMatch(/40 lock files are not read yet.* in 30 min/)
    expect(text).toMatch(/9 runs were left out: no configured branch matches develop : 7 try : 2/)
  })
})

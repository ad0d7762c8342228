import { expect, it } from 'vitest'
import { SyncReportSchema, SyncRunSchema } from '@/lib/contract/sync'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readSyncReport } from './sync-report'
import { readSyncRun } from './sync-run'
import { addEvaluation, hour, queryConfig } from './testing/rows'

const config = queryConfig()
const ms = (hours: number) => BigInt(hour(hours).getTime())

function addRun(db: Db, id: string, startedHour: number, more: { status?: string; stage?: string } = {}) {
  const { status = 'done', stage = null } = more
  const finishedMs = status === 'running' ? null : ms(startedHour + 1)
  const sums = { done: 3, total: 10, evaluations: 4, results: 280, checks: 70 }
  const run = { id, trigger: 'schedule', startedMs: ms(startedHour), finishedMs, status, stage, ...sums }
  return db.syncRun.create({ data: { ...run, source: stage === null ? null : 'ci' } })
}

describeOnBothDatabases('readSyncReport', (fresh) => {
  async function read(db: Db, next: Date | null = null) {
    const report = await readSyncReport(next, { db, config, now: hour(4) })
    expect(SyncReportSchema.parse(report)).toEqual(report)
    return report
  }

  it('of an empty database has no runs, and the sources as never read', async () => {
    expect(await read(await fresh())).toEqual({
      running: null,
      next: null,
      runs: [],
      waiting: { logs: 0, ranges: 0, rangesRetryAt: null },
      sources: [
        {
          id: 'ci',
          kind: 'hercules-ci',
          url: 'https://hercules-ci.com',
          readAt: null,
          locksWaiting: 0,
          locksRetryAt: null,
          skipped: [],
        },
      ],
      receivers: [],
    })
  })

  it('tells what the last sync left to the next ones', async () => {
    const db = await fresh()
    await db.meta.create({ data: { key: 'waiting logs', value: '{"count":12,"retryMs":null}' } })
    await db.meta.create({
      data: { key: 'waiting ranges', value: JSON.stringify({ count: 3, retryMs: Number(ms(5)) }) },
    })
    expect((await read(db)).waiting).toEqual({ logs: 12, ranges: 3, rangesRetryAt: hour(5).toISOString() })
  })

  it('lists runs newest first, twenty of them', async () => {
    const db = await fresh()
    for (let index = 0; index < 22; index += 1) await addRun(db, `run-${index}`, index)
    const { runs } = await read(db)
    expect(runs.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `run-${21 - index}`))
  })

  it('names the run that goes on, how far it is, and when the next one starts', async () => {
    const db = await fresh()
    await addRun(db, 'old', 1)
    await addRun(db, 'new', 3, { status: 'running', stage: 'evaluations' })
    await db.lease.create({ data: { name: 'sync', runId: 'new', heartbeatMs: ms(4) } })
    const report = await read(db, hour(5))
    expect(report).toMatchObject({ running: 'new', next: hour(5).toISOString() })
    expect(report.runs).toMatchObject([
      { id: 'new', finishedAt: null, progress: { stage: 'evaluations', source: 'ci', done: 3, total: 10 } },
      { id: 'old', finishedAt: hour(2).toISOString(), progress: null },
    ])
  })

  it('takes a run whose process died for failed, before anyone has taken over its lease', async () => {
    const db = await fresh()
    await addRun(db, 'dead', 3, { status: 'running', stage: 'evaluations' })
    await db.lease.create({ data: { name: 'sync', runId: 'dead', heartbeatMs: ms(4) - 60_001n } })
    expect(await read(db)).toMatchObject({ running: null, runs: [{ id: 'dead', status: 'failed', progress: null }] })
  })

  it('tells per source when it was read, what waits, and what matched no branch, most frequent first', async () => {
    const db = await fresh()
    const skipped = JSON.stringify({ 'a-branch': 2, 'z-branch': 9, 'b-branch': 2 })
    await db.sourceState.create({ data: { source: 'ci', readMs: ms(4), locksRetryMs: ms(5), skipped } })
    const waiting = await addEvaluation(db, 1)
    const unplaced = await addEvaluation(db, 2, { branch: '' })
    await db.evaluation.updateMany({ where: { id: { in: [waiting, unplaced] } }, data: { lock: 'waiting' } })
    await addEvaluation(db, 3)
    expect((await read(db)).sources).toMatchObject([
      {
        readAt: hour(4).toISOString(),
        locksWaiting: 1,
        locksRetryAt: hour(5).toISOString(),
        skipped: [
          { name: 'z-branch', runs: 9 },
          { name: 'a-branch', runs: 2 },
          { name: 'b-branch', runs: 2 },
        ],
      },
    ])
  })

  it('says nothing of sources that are configured no longer', async () => {
    const db = await fresh()
    await db.sourceState.create({ data: { source: 'gone', readMs: ms(4) } })
    expect((await read(db)).sources.map(({ id }) => id)).toEqual(['ci'])
  })
})

describeOnBothDatabases('readSyncRun', (fresh) => {
  it('tells one run with its sums and its faults in the order they were met', async () => {
    const db = await fresh()
    await addRun(db, 'run', 1, { status: 'failed' })
    for (const [index, reason] of ['It answered 503.', 'No JSON.'].entries()) {
      const data = { runId: 'run', source: 'ci', address: `https://ci.example/${index}`, reason, atMs: ms(2) }
      await db.syncError.create({ data })
    }
    const run = await readSyncRun('run', db)
    expect(SyncRunSchema.parse(run)).toEqual({
      id: 'run',
      trigger: 'schedule',
      who: null,
      startedAt: hour(1).toISOString(),
      finishedAt: hour(2).toISOString(),
      status: 'failed',
      progress: null,
      counts: { evaluations: 4, results: 280, checks: 70 },
      errors: ['It answered 503.', 'No JSON.'].map((reason, index) => ({
        source: 'ci',
        address: `https://ci.example/${index}`,
        reason,
        at: hour(2).toISOString(),
      })),
    })
  })

  it('is null for an id that no run has', async () => {
    expect(await readSyncRun('none', await fresh())).toBeNull()
  })
})

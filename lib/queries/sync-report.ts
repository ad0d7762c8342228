import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { SyncReport } from '@/lib/contract/sync'
import { type Db, db as openDatabase } from '@/lib/db/client'
import type { ReadTools } from './matrix'
import { readReceivers } from './receivers'
import { readRunningSync } from './running-sync'
import { toSyncRun } from './sync-run'
import { isoOf } from './times'
import { readWaiting } from './waiting'

/** Runs that the report holds, newest first. */
const RUNS_MAX = 20

/** What syncs did, do and will do; `next` is when the schedule starts one, or null. */
export async function readSyncReport(
  next: Date | null,
  tools: ReadTools & { readonly now?: Date } = {},
): Promise<SyncReport> {
  const { db = openDatabase(), config = readConfiguration(), now = new Date() } = tools
  const [runs, states, locks, running, waiting, receivers] = await Promise.all([
    db.syncRun.findMany({
      orderBy: [{ startedMs: 'desc' }, { id: 'desc' }],
      take: RUNS_MAX,
      include: { errors: { orderBy: { id: 'asc' } } },
    }),
    db.sourceState.findMany(),
    countWaitingLocks(db),
    readRunningSync(db, now),
    readWaiting(db),
    readReceivers(db, config),
  ])
  return {
    running,
    next: next?.toISOString() ?? null,
    runs: runs.map((run) => toSyncRun(isDead(run, running) ? { ...run, status: 'failed', stage: null } : run)),
    waiting,
    sources: config.sources.map(({ id, kind, url }) => {
      const state = states.find(({ source }) => source === id)
      return {
        id,
        kind,
        url,
        readAt: isoOf(state?.readMs ?? null),
        locksWaiting: locks.get(id) ?? 0,
        locksRetryAt: isoOf(state?.locksRetryMs ?? null),
        skipped: skippedOf(state?.skipped ?? '{}'),
      }
    }),
    receivers,
  }
}

/** A run whose process died stays `running` in its row until the next sync takes its lease. */
function isDead({ id, status }: { id: string; status: string }, running: string | null): boolean {
  return status === 'running' && id !== running
}

async function countWaitingLocks(db: Db): Promise<ReadonlyMap<string, number>> {
  const groups = await db.evaluation.groupBy({
    by: ['source'],
    where: { lock: 'waiting', branch: { not: '' } },
    _count: { _all: true },
  })
  return new Map(groups.map(({ source, _count }) => [source, _count._all]))
}

/** Most frequent first. */
function skippedOf(json: string): { name: string; runs: number }[] {
  const parsed: unknown = JSON.parse(json)
  if (typeof parsed !== 'object' || parsed === null) return []
  return Object.entries(parsed)
    .map(([name, runs]) => ({ name, runs: Number(runs) }))
    .sort((a, b) => b.runs - a.runs || a.name.localeCompare(b.name))
}

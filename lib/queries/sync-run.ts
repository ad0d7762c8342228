import 'server-only'
import type { SyncRun } from '@/lib/contract/sync'
import { SyncRunSchema } from '@/lib/contract/sync'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { isoOf } from './times'

export type StoredRun = NonNullable<Awaited<ReturnType<typeof findRun>>>

function findRun(db: Db, id: string) {
  return db.syncRun.findUnique({ where: { id }, include: { errors: { orderBy: { id: 'asc' } } } })
}

/** One run of the sync with its progress and faults, or null when there is none of that id. */
export async function readSyncRun(id: string, db: Db = openDatabase()): Promise<SyncRun | null> {
  const run = await findRun(db, id)
  return run === null ? null : toSyncRun(run)
}

export function toSyncRun(run: StoredRun): SyncRun {
  return SyncRunSchema.parse({
    id: run.id,
    trigger: run.trigger,
    who: run.who,
    startedAt: isoOf(run.startedMs),
    finishedAt: isoOf(run.finishedMs),
    status: run.status,
    progress: run.stage === null ? null : { stage: run.stage, source: run.source, done: run.done, total: run.total },
    counts: { evaluations: run.evaluations, results: run.results, checks: run.checks },
    errors: run.errors.map(({ source, address, reason, atMs }) => ({ source, address, reason, at: isoOf(atMs) })),
  })
}

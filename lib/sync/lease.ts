import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Db, Tx } from '@/lib/db/client'
import { LEASE_DEAD_AFTER_MS } from '@/lib/domain/sync-lease'

const NAME = 'sync'
export const HEARTBEAT_MS = 10_000

export type LeaseAttempt = { readonly taken: true } | { readonly taken: false; readonly runId: string }

/** Another process has taken the lease over: whatever this one still holds in memory must not be written. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** A run that is about to start. */
export interface NewRun {
  readonly id: string
  readonly trigger: string
  readonly who: string | null
}

/**
 * Takes the one lease and records the run, or names the run that holds it. Who takes over a dead one's lease marks its
 * run failed.
 */
export async function takeLease(db: Db, run: NewRun, now: Date): Promise<LeaseAttempt> {
  const runId = run.id
  const heartbeatMs = BigInt(now.getTime())
  const deadBeforeMs = BigInt(now.getTime() - LEASE_DEAD_AFTER_MS)
  return db.$transaction(async (tx) => {
    await insertRows(tx, {
      table: 'Lease',
      columns: ['name', 'runId', 'heartbeatMs'],
      rows: [[NAME, '', 0]],
      onConflict: 'ignore',
    })
    const { count } = await tx.lease.updateMany({
      where: { name: NAME, OR: [{ runId: '' }, { heartbeatMs: { lt: deadBeforeMs } }] },
      data: { runId, heartbeatMs },
    })
    if (count === 0) {
      const holder = await tx.lease.findUniqueOrThrow({ where: { name: NAME } })
      return { taken: false, runId: holder.runId }
    }
    await tx.syncRun.updateMany({
      where: { status: 'running' },
      data: { status: 'failed', finishedMs: heartbeatMs, stage: null, source: null },
    })
    await tx.syncRun.create({ data: { ...run, startedMs: heartbeatMs, status: 'running' } })
    return { taken: true }
  })
}

/** Keeps the lease alive and fences a write: inside a transaction it fails once the lease belongs to another run. */
export async function beatLease(client: Db | Tx, runId: string, now: Date): Promise<void> {
  const { count } = await client.lease.updateMany({
    where: { name: NAME, runId },
    data: { heartbeatMs: BigInt(now.getTime()) },
  })
  if (count === 0) throw new LeaseLostError('Another process has taken over the sync.')
}

export async function releaseLease(db: Db, runId: string): Promise<void> {
  await db.lease.updateMany({ where: { name: NAME, runId }, data: { runId: '' } })
}

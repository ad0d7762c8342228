import 'server-only'
import type { Db, Tx } from '@/lib/db/client'
import { SYNC_LEASE } from '@/lib/domain/sync-lease'
import { freeLease, renewLease, seizeLease } from './lease-row'

export type LeaseAttempt = { readonly taken: true } | { readonly taken: false; readonly runId: string }

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
  const startedMs = BigInt(now.getTime())
  return db.$transaction(async (tx) => {
    const runId = await seizeLease(tx, leaseOf(run.id), now)
    if (runId !== null) return { taken: false, runId }
    await tx.syncRun.updateMany({
      where: { status: 'running' },
      data: { status: 'failed', finishedMs: startedMs, stage: null, source: null },
    })
    await tx.syncRun.create({ data: { ...run, startedMs, status: 'running' } })
    return { taken: true }
  })
}

/** Keeps the lease alive and fences a write: inside a transaction it fails once the lease belongs to another run. */
export function beatLease(client: Db | Tx, runId: string, now: Date): Promise<void> {
  return renewLease(client, leaseOf(runId), now)
}

export function releaseLease(db: Db, runId: string): Promise<void> {
  return freeLease(db, leaseOf(runId))
}

function leaseOf(runId: string) {
  return { name: SYNC_LEASE, holder: runId }
}

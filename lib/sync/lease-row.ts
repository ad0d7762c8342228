import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Db, Tx } from '@/lib/db/client'
import { LEASE_DEAD_AFTER_MS } from '@/lib/domain/sync-lease'

export const HEARTBEAT_MS = 10_000

/** Another process has taken the lease over: whatever this one still holds in memory must not be written. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** A lease of a name, and who holds it or wants to. */
export interface Lease {
  readonly name: string
  readonly holder: string
}

/** Takes the lease, or gives the id of the living one that holds it. Call it inside a transaction. */
export async function seizeLease(tx: Tx, { name, holder }: Lease, now: Date): Promise<string | null> {
  await insertRows(tx, {
    table: 'Lease',
    columns: ['name', 'runId', 'heartbeatMs'],
    rows: [[name, '', 0]],
    onConflict: 'ignore',
  })
  const deadBeforeMs = BigInt(now.getTime() - LEASE_DEAD_AFTER_MS)
  const { count } = await tx.lease.updateMany({
    where: { name, OR: [{ runId: '' }, { heartbeatMs: { lt: deadBeforeMs } }] },
    data: { runId: holder, heartbeatMs: BigInt(now.getTime()) },
  })
  return count > 0 ? null : (await tx.lease.findUniqueOrThrow({ where: { name } })).runId
}

/** Keeps the lease alive and fences a write: inside a transaction it fails once the lease belongs to another. */
export async function renewLease(client: Db | Tx, { name, holder }: Lease, now: Date): Promise<void> {
  const { count } = await client.lease.updateMany({
    where: { name, runId: holder },
    data: { heartbeatMs: BigInt(now.getTime()) },
  })
  if (count === 0) throw new LeaseLostError('Another process has taken over.')
}

export async function freeLease(db: Db, { name, holder }: Lease): Promise<void> {
  await db.lease.updateMany({ where: { name, runId: holder }, data: { runId: '' } })
}

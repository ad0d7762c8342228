import 'server-only'
import type { Db } from '@/lib/db/client'
import { LEASE_DEAD_AFTER_MS, SYNC_LEASE } from '@/lib/domain/sync-lease'

/** The id of the sync that runs, or null. One whose process died is not running, whatever its row still says. */
export async function readRunningSync(db: Db, now: Date): Promise<string | null> {
  const lease = await db.lease.findUnique({ where: { name: SYNC_LEASE } })
  if (lease === null || lease.runId === '') return null
  return now.getTime() - Number(lease.heartbeatMs) > LEASE_DEAD_AFTER_MS ? null : lease.runId
}

import 'server-only'
import { z } from 'zod'
import type { SyncReport } from '@/lib/contract/sync'
import type { Db } from '@/lib/db/client'

const NOTHING = { count: 0, retryMs: null }
const WaitingSchema = z.object({ count: z.number().int(), retryMs: z.number().nullable() }).catch(NOTHING)

/** What the last sync left to the next ones, beside lock files. */
export async function readWaiting(db: Db): Promise<SyncReport['waiting']> {
  const stored = await db.meta.findMany({ where: { key: { in: ['waiting logs', 'waiting ranges'] } } })
  const [logs, ranges] = ['waiting logs', 'waiting ranges'].map((key) => {
    const value = stored.find((one) => one.key === key)?.value
    return value === undefined ? NOTHING : WaitingSchema.parse(JSON.parse(value))
  })
  const retryMs = ranges?.retryMs ?? null
  return {
    logs: logs?.count ?? 0,
    ranges: ranges?.count ?? 0,
    rangesRetryAt: retryMs === null ? null : new Date(retryMs).toISOString(),
  }
}

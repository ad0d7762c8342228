import 'server-only'
import type { Db } from '@/lib/db/client'

/** The time of the newest stored fact; 1970 before anything was read. An answer's ETag stands on facts, not on the clock. */
export async function readFactsAt(db: Db): Promise<string> {
  const stored = await db.meta.findUnique({ where: { key: 'factsMs' } })
  return new Date(Number(stored?.value ?? 0)).toISOString()
}

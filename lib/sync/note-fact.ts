import 'server-only'
import type { Tx } from '@/lib/db/client'

/**
 * Notes that a fact was stored now: answers carry that time, and their ETag holds until the next one. Asking again and
 * learning nothing new is no fact: the times of asking (`checkedMs`, `readMs`) move on without it.
 */
export async function noteFact(tx: Tx, now: Date): Promise<void> {
  const value = String(now.getTime())
  await tx.meta.upsert({ where: { key: 'factsMs' }, create: { key: 'factsMs', value }, update: { value } })
}

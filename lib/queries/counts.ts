import 'server-only'
import type { Counts } from '@/lib/contract/evaluations'
import type { Db } from '@/lib/db/client'
import { statusOfCode } from '@/lib/domain/status'

/** Attributes by status of each of these evaluations (database ids); one without attributes has no entry. */
export async function readCounts(db: Db, ids: number[]): Promise<ReadonlyMap<number, Counts>> {
  const counted = await db.result.groupBy({
    by: ['evaluationId', 'status'],
    where: { evaluationId: { in: ids } },
    _count: { _all: true },
  })
  const counts = new Map<number, Counts>()
  for (const { evaluationId, status, _count } of counted) {
    const known = counts.get(evaluationId) ?? {}
    counts.set(evaluationId, known)
    const word = statusOfCode(status)
    known[word] = (known[word] ?? 0) + _count._all
  }
  return counts
}

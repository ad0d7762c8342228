import 'server-only'
import type { RootCause } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { statusOfCode } from '@/lib/domain/status'

/** Root causes of results, by `evaluation attribute` (database ids). */
export async function readCauses(
  db: Db,
  results: readonly { evaluationId: number; attributeId: number | null }[],
): Promise<ReadonlyMap<string, RootCause[]>> {
  const stored = await db.cause.findMany({
    where: {
      evaluationId: { in: [...new Set(results.map(({ evaluationId }) => evaluationId))] },
      attributeId: { in: [...new Set(results.flatMap(({ attributeId }) => attributeId ?? []))] },
    },
    orderBy: [{ evaluationId: 'asc' }, { attributeId: 'asc' }, { position: 'asc' }],
  })
  const causes = new Map<string, RootCause[]>()
  for (const { evaluationId, attributeId, derivation, name, status } of stored) {
    const key = `${evaluationId} ${attributeId}`
    const list = causes.get(key) ?? []
    causes.set(key, list)
    list.push({ derivation, name, status: statusOfCode(status) })
  }
  return causes
}

import 'server-only'
import type { RootCause } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { isBroken, statusOfCode } from '@/lib/domain/status'
import { readChunks } from './read-chunks'

interface CausedResult {
  readonly evaluationId: number
  readonly attributeId: number | null
  readonly status: number
}

/** Root causes of the results that are broken, by `evaluation attribute` (database ids). */
export async function readCauses(
  db: Db,
  results: readonly CausedResult[],
): Promise<ReadonlyMap<string, readonly RootCause[]>> {
  const attributes = new Map<number, number[]>()
  for (const { evaluationId, attributeId, status } of results) {
    if (attributeId === null || !isBroken(statusOfCode(status))) continue
    const ofEvaluation = attributes.get(evaluationId) ?? []
    attributes.set(evaluationId, ofEvaluation)
    ofEvaluation.push(attributeId)
  }
  const causes = new Map<string, RootCause[]>()
  for (const [evaluationId, ids] of attributes) {
    for (const { attributeId, status, ...cause } of await readStored(db, evaluationId, ids)) {
      const key = `${evaluationId} ${attributeId}`
      const list = causes.get(key) ?? []
      causes.set(key, list)
      list.push({ ...cause, status: statusOfCode(status) })
    }
  }
  return causes
}

function readStored(db: Db, evaluationId: number, attributeIds: readonly number[]) {
  return readChunks(attributeIds, (list) =>
    queryRows(
      db,
      sql`SELECT "attributeId" AS "attributeId", "derivation" AS "derivation", "name" AS "name", "status" AS "status"
        FROM "Cause" WHERE "evaluationId" = ${evaluationId} AND "attributeId" IN (${list})
        ORDER BY "attributeId", "position"`,
      { attributeId: integer, derivation: nullable(text), name: text, status: integer },
    ),
  )
}

import 'server-only'
import { DERIVATION_EVALUATIONS_MAX, type Derivation } from '@/lib/contract/derivation'
import type { Db } from '@/lib/db/client'
import { integer, queryRows } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { statusOfCode } from '@/lib/domain/status'
import type { PlacedDerivation } from './derivation-branches'
import { toListed } from './listed-evaluation'

/** The newest evaluations that have a derivation as an attribute or as a root cause, newest first. */
export async function readDerivationEvaluations(
  db: Db,
  { path, id }: PlacedDerivation,
): Promise<Derivation['evaluations']> {
  const found = await queryRows(
    db,
    sql`SELECT e."id" AS "id", MIN(s."status") AS "status" FROM (
        SELECT "evaluationId", "status" FROM "Result" WHERE "derivationId" = ${id ?? -1}
        UNION SELECT "evaluationId", "status" FROM "Cause" WHERE "derivation" = ${path}
      ) s JOIN "Evaluation" e ON e."id" = s."evaluationId"
      GROUP BY e."id", e."startedMs" ORDER BY e."startedMs" DESC, e."id" DESC LIMIT ${DERIVATION_EVALUATIONS_MAX}`,
    { id: integer, status: integer },
  )
  const stored = await db.evaluation.findMany({ where: { id: { in: found.map((one) => one.id) } } })
  const byId = new Map(stored.map((evaluation) => [evaluation.id, evaluation]))
  return found.flatMap(({ id: evaluationId, status }) => {
    const evaluation = byId.get(evaluationId)
    return evaluation === undefined ? [] : { ...toListed(evaluation), status: statusOfCode(status) }
  })
}

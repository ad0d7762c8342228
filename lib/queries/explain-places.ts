import 'server-only'
import type { ExplainedPlace } from '@/lib/contract/explain'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, type RowOf, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { readEvaluationsById, toEvaluation } from './evaluations'
import { readChunks } from './read-chunks'

/** Where a derivation stands, with the ids that its root causes are found by. */
export interface PlacedPath extends ExplainedPlace {
  readonly evaluationId: number
  readonly attributeId: number
}

export const PLACE = {
  derivationId: integer,
  derivation: text,
  package: text,
  attribute: text,
  variant: nullable(text),
  system: nullable(text),
  branch: text,
  evaluationId: integer,
  attributeId: integer,
}

/** The newest evaluation that has each of these derivations as an attribute, by id of the derivation. */
export async function readPlaces(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, PlacedPath>> {
  const found = await readChunks(ids, (list) =>
    queryRows(
      db,
      sql`SELECT * FROM (
        SELECT r."derivationId" AS "derivationId", d."path" AS "derivation", a."row" AS "package",
          a."text" AS "attribute", a."variant" AS "variant", a."system" AS "system", e."branch" AS "branch",
          r."evaluationId" AS "evaluationId", r."attributeId" AS "attributeId",
          ROW_NUMBER() OVER (PARTITION BY r."derivationId"
            ORDER BY e."startedMs" DESC, e."id" DESC, r."role" DESC, a."text") AS "place"
        FROM "Result" r
        JOIN "Derivation" d ON d."id" = r."derivationId"
        JOIN "Attribute" a ON a."id" = r."attributeId"
        JOIN "Evaluation" e ON e."id" = r."evaluationId"
        WHERE r."derivationId" IN (${list})
      ) placed WHERE "place" = 1`,
      PLACE,
    ),
  )
  return new Map((await withEvaluations(db, found)).map((place) => [place.derivationId, place]))
}

/** The same rows with their evaluations. */
export async function withEvaluations<T extends RowOf<typeof PLACE>>(
  db: Db,
  rows: readonly T[],
): Promise<(T & PlacedPath)[]> {
  const evaluations = await readEvaluationsById(
    db,
    rows.map(({ evaluationId }) => evaluationId),
  )
  return rows.flatMap((row) => {
    const evaluation = evaluations.get(row.evaluationId)
    return evaluation === undefined ? [] : { ...row, evaluation: toEvaluation(evaluation) }
  })
}

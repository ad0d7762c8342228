import 'server-only'
import type { MatrixParams } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { flag, integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { presenceCode } from '@/lib/domain/presence'
import { laneCondition } from './lane-condition'
import { readChunks } from './read-chunks'

export type StoredCell = Awaited<ReturnType<typeof readLanes>>[number]

/** One cell per row and branch, where there is one: of several lanes that a filter leaves, the one that comes first. */
export async function readStoredCells(
  db: Db,
  params: MatrixParams,
  branches: readonly string[],
  rows: readonly string[],
): Promise<StoredCell[]> {
  if (branches.length === 0) return []
  const first = new Map<string, StoredCell>()
  for (const cell of await readLanes(db, params, branches, rows)) {
    const key = `${cell.branch}\n${cell.row}`
    if (!first.has(key)) first.set(key, cell)
  }
  return [...first.values()]
}

function readLanes(db: Db, params: MatrixParams, branches: readonly string[], rows: readonly string[]) {
  return readChunks(rows, (list) =>
    queryRows(
      db,
      sql`SELECT c."branch" AS "branch", c."row" AS "row", c."system" AS "system", c."variant" AS "variant",
          c."evaluationId" AS "evaluationId", c."attributeId" AS "attributeId", c."derivationId" AS "derivationId",
          c."status" AS "status", c."judgement" AS "judgement", c."isReady" AS "isReady", c."isChanged" AS "isChanged",
          c."isFlapping" AS "isFlapping", c."sinceId" AS "sinceId", c."undecidedSinceId" AS "undecidedSinceId", c."lastGoodId" AS "lastGoodId",
          c."lastReadyId" AS "lastReadyId", c."strip" AS "strip",
          a."text" AS "attribute", d."path" AS "derivation", d."version" AS "version",
          COALESCE(d."presence", ${presenceCode('unchecked')}) AS "presence"
        FROM "Cell" c
        LEFT JOIN "Attribute" a ON a."id" = c."attributeId"
        LEFT JOIN "Derivation" d ON d."id" = c."derivationId"
        WHERE c."row" IN (${list}) AND c."branch" IN (${joinSql([...branches])}) AND ${laneCondition(params)}
        ORDER BY c."place"`,
      {
        ...{ branch: text, row: text, system: nullable(text), variant: nullable(text) },
        ...{ evaluationId: integer, attributeId: nullable(integer), derivationId: nullable(integer) },
        ...{ status: integer, judgement: integer, isReady: flag, isChanged: flag, isFlapping: flag, strip: text },
        ...{ sinceId: nullable(integer), undecidedSinceId: nullable(integer) },
        ...{ lastGoodId: nullable(integer), lastReadyId: nullable(integer) },
        ...{ attribute: nullable(text), derivation: nullable(text), version: nullable(text), presence: integer },
      },
    ),
  )
}

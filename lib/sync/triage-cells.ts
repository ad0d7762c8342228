import 'server-only'
import type { Tx } from '@/lib/db/client'
import { flag, integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { presenceCode, presenceOfCode } from '@/lib/domain/presence'
import { maskMessage } from '@/lib/domain/root-cause'
import { isBroken, judgementCode, STATUSES, type Status, statusCode, statusOfCode } from '@/lib/domain/status'
import { type CauseSignature, type CellNow, signatureOf } from '@/lib/domain/triage'
import { chunksOf } from './chunks'

/** A cell of a branch: of a row, by system and variant. */
export interface CellId {
  readonly branch: string
  readonly row: string
  readonly lane: string
}

/** One cell and one root cause that breaks it now. */
export interface BrokenCell extends CellId {
  readonly signature: CauseSignature
  /** Store path of the root's derivation; empty for what does not evaluate. */
  readonly derivation: string
  /** With version. */
  readonly name: string
  readonly status: Status
  readonly evaluationId: number
  readonly sinceId: number | null
  readonly lastGoodId: number | null
}

const ROWS_PER_QUERY = 5_000
const BROKEN = STATUSES.filter(isBroken).map(statusCode)

const isBrokenCell = sql`c."status" IN (${joinSql(BROKEN)}) AND c."judgement" <> ${judgementCode('may-fail')}`

/**
 * Every cell that counts and is broken, once per root cause that is known. A row's own cell is left out where its
 * systems and variants have cells: it is one of those.
 */
export async function readBrokenCells(tx: Tx, branches: readonly string[]): Promise<BrokenCell[]> {
  if (branches.length === 0) return []
  const rows = await queryRows(
    tx,
    sql`SELECT c."branch" AS "branch", c."row" AS "row", c."lane" AS "lane", c."status" AS "cellStatus",
        COALESCE(c."system", d."system") AS "system", k."derivation" AS "derivation", k."name" AS "name",
        k."status" AS "status", e."error" AS "error", c."evaluationId" AS "evaluationId", c."sinceId" AS "sinceId",
        c."lastGoodId" AS "lastGoodId"
      FROM "Cell" c JOIN "Evaluation" e ON e."id" = c."evaluationId"
        LEFT JOIN "Derivation" d ON d."id" = c."derivationId"
        LEFT JOIN "Cause" k ON k."evaluationId" = c."evaluationId" AND k."attributeId" = c."attributeId"
      WHERE c."branch" IN (${joinSql([...branches])}) AND ${isBrokenCell} AND ${isOwnLane}
      ORDER BY c."branch", c."row", c."lane", k."position"`,
    {
      branch: text,
      row: text,
      lane: text,
      cellStatus: integer,
      system: nullable(text),
      derivation: nullable(text),
      name: nullable(text),
      status: nullable(integer),
      error: nullable(text),
      evaluationId: integer,
      sinceId: nullable(integer),
      lastGoodId: nullable(integer),
    },
  )
  return rows.flatMap(({ cellStatus, system, error, name, status, derivation, ...cell }) => {
    const cause =
      name === null ? wholeCause(cellStatus, error) : { derivation, name, status: statusOfCode(status ?? 0) }
    if (cause === null) return []
    return { ...cell, ...cause, derivation: cause.derivation ?? '', signature: signatureOf(cause, system) }
  })
}

/** A row's own cell counts where it has no systems and variants apart. */
export const isOwnLane = sql`(c."lane" <> '' OR NOT EXISTS
  (SELECT 1 FROM "Cell" o WHERE o."branch" = c."branch" AND o."row" = c."row" AND o."lane" <> ''))`

/** An evaluation that fails as a whole is one cause of all that it leaves broken. */
function wholeCause(cellStatus: number, error: string | null) {
  if (error === null || statusOfCode(cellStatus) !== 'evaluation-failed') return null
  return { derivation: null, name: maskMessage(error), status: 'evaluation-failed' as const }
}

export function cellText({ branch, row, lane }: CellId): string {
  return JSON.stringify([branch, row, lane])
}

/** How the cells of these rows stand now, by `cellText`; one that does not count any more is not there. */
export async function readCellsNow(
  tx: Tx,
  { branches, rows }: { readonly branches: readonly string[]; readonly rows: readonly string[] },
  broken: readonly CellId[],
): Promise<ReadonlyMap<string, CellNow>> {
  const explained = new Set(broken.map(cellText))
  const now = new Map<string, CellNow>()
  for (const chunk of branches.length === 0 ? [] : chunksOf(rows, ROWS_PER_QUERY)) {
    const cells = await queryRows(
      tx,
      sql`SELECT c."branch" AS "branch", c."row" AS "row", c."lane" AS "lane", c."status" AS "code",
          (c."attributeId" IS NOT NULL) AS "hasOwnResult",
          COALESCE(d."presence", ${presenceCode('unchecked')}) AS "presence"
        FROM "Cell" c LEFT JOIN "Derivation" d ON d."id" = c."derivationId"
        WHERE c."branch" IN (${joinSql([...branches])}) AND c."row" IN (${joinSql(chunk)})
          AND c."judgement" <> ${judgementCode('may-fail')} AND ${isOwnLane}`,
      { branch: text, row: text, lane: text, code: integer, hasOwnResult: flag, presence: integer },
    )
    for (const { code, hasOwnResult, presence, ...cell } of cells) {
      const key = cellText(cell)
      const hasKnownCause = explained.has(key)
      now.set(key, { status: statusOfCode(code), hasOwnResult, hasKnownCause, presence: presenceOfCode(presence) })
    }
  }
  return now
}

import 'server-only'
import type { Cell } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { integer, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { statusOfCode } from '@/lib/domain/status'
import { readChunks } from './read-chunks'

export type Others = NonNullable<Cell['others']>

/** All attributes of rows in the evaluations that make their cells, by `evaluation row`, in evaluation order. */
export async function readOthers(
  db: Db,
  cells: readonly { readonly evaluationId: number; readonly row: string }[],
): Promise<ReadonlyMap<string, Others>> {
  const evaluations = [...new Set(cells.map(({ evaluationId }) => evaluationId))]
  // A cross join: SQLite then begins with the few attributes, not with every result of the evaluations.
  const results = await readChunks(
    cells.map(({ row }) => row),
    (list) =>
      queryRows(
        db,
        sql`SELECT r."evaluationId" AS "evaluationId", r."status" AS "status", a."row" AS "row", a."text" AS "attribute"
          FROM "Attribute" a CROSS JOIN "Result" r
          WHERE r."attributeId" = a."id" AND a."row" IN (${list}) AND r."evaluationId" IN (${joinSql(evaluations)})
          ORDER BY r."evaluationId", r."position"`,
        { evaluationId: integer, status: integer, row: text, attribute: text },
      ),
  )
  const others = new Map<string, Others>()
  for (const { evaluationId, row, attribute, status } of results) {
    const key = `${evaluationId} ${row}`
    const list = others.get(key) ?? []
    others.set(key, list)
    list.push({ attribute, status: statusOfCode(status) })
  }
  return others
}

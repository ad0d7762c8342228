import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { MatrixBranch } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { flag, integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { type BadgeWord, badgeOf } from '@/lib/domain/badge'
import { presenceCode, presenceOfCode } from '@/lib/domain/presence'
import { statusOfCode } from '@/lib/domain/status'
import { readBranches } from './branches'
import { storable } from './storable'
import { isoOf } from './times'

export interface BadgePlaces {
  readonly heads: readonly MatrixBranch[]
  /** Nothing was evaluated yet: nobody knows which packages there are. */
  readonly isEmpty: boolean
  /** What a badge says of a row on each of the heads, in their order; null when there is no row of that name. */
  badgesOf(row: string): readonly BadgeWord[] | null
}

export interface BadgeWorld {
  readonly db: Db
  readonly config: Config
  readonly now: Date
}

/** What badges say of these rows on these branches (all, when none is named). One row of the database per place. */
export async function readBadgePlaces(
  { db, config, now }: BadgeWorld,
  rows: readonly string[],
  branches: readonly string[] = [],
): Promise<BadgePlaces> {
  const [heads, cells] = await Promise.all([readBranches(db, config, now, branches), readCells(db, rows.map(storable))])
  const names = new Set(cells.map(({ row }) => row))
  const others = rows.map(storable).filter((row) => !names.has(row))
  for (const name of await readRowsWithoutCells(db, others)) names.add(name)
  return {
    heads,
    isEmpty: names.size === 0 && (await db.row.findFirst({ select: { name: true } })) === null,
    badgesOf: (row) => {
      if (!names.has(row)) return null
      return heads.map((head) => {
        const cell = cells.find((one) => one.row === row && one.branch === head.name)
        return badgeOf({ ...toFacts(cell, head), freshness: head.freshness }, now)
      })
    },
  }
}

async function readRowsWithoutCells(db: Db, rows: readonly string[]): Promise<string[]> {
  if (rows.length === 0) return []
  const known = await db.row.findMany({ where: { name: { in: [...rows] } }, select: { name: true } })
  return known.map(({ name }) => name)
}

type StoredPlace = Awaited<ReturnType<typeof readCells>>[number]

async function readCells(db: Db, rows: readonly string[]) {
  if (rows.length === 0) return []
  return queryRows(
    db,
    sql`SELECT c."branch" AS "branch", c."row" AS "row", c."status" AS "status", c."isReady" AS "isReady",
        COALESCE(d."presence", ${presenceCode('unchecked')}) AS "presence",
        e."id" AS "evaluationId", e."finishedMs" AS "finishedMs"
      FROM "Cell" c
      LEFT JOIN "Derivation" d ON d."id" = c."derivationId"
      LEFT JOIN "Evaluation" e ON e."id" = c."evaluationId"
      WHERE c."row" IN (${joinSql([...rows])}) AND c."lane" = ''`,
    {
      ...{ branch: text, row: text, status: integer, isReady: flag, presence: integer },
      ...{ evaluationId: nullable(integer), finishedMs: nullable(integer) },
    },
  )
}

/** As the matrix has it: a cell's age is that of the evaluation that decides it. */
function toFacts(cell: StoredPlace | undefined, head: MatrixBranch) {
  const ofBranch = head.evaluation?.finishedAt ?? null
  if (cell === undefined) return { cell: null, finishedAt: ofBranch }
  const { status, isReady, presence, evaluationId, finishedMs } = cell
  return {
    cell: { status: statusOfCode(status), isReady, presence: presenceOfCode(presence), cause: null },
    finishedAt: evaluationId === null ? ofBranch : isoOf(finishedMs),
  }
}

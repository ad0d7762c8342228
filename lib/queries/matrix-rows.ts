import 'server-only'
import { type RowPlace, rowPlaceOf, toCursor } from '@/lib/contract/cursor'
import type { MatrixParams } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { containsText } from '@/lib/db/like'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { emptySql, joinSql, rawSql, type Sql, sql } from '@/lib/db/sql'
import { type Status, statusCode } from '@/lib/domain/status'
import { isByLane, laneCondition } from './lane-condition'
import { storable } from './storable'

export interface MatrixRow {
  readonly name: string
  readonly headline: number | null
  readonly version: string | null
}

export interface MatrixRows {
  readonly total: number
  readonly rows: readonly MatrixRow[]
  /** `after` of the next page, or null on the last one. */
  readonly next: string | null
}

/** The rows that match, one page of them, and how many there are over all pages. `branches` are the chosen columns. */
export async function readMatrixRows(db: Db, params: MatrixParams, branches: readonly string[]): Promise<MatrixRows> {
  const where = whereOf(params, branches)
  const [counted] = await queryRows(db, sql`SELECT COUNT(*) AS "total" FROM "Row" r WHERE ${where}`, { total: integer })
  const rank = rankOf(params, branches)
  const found = await queryRows(
    db,
    sql`SELECT r."name" AS "name", r."headline" AS "headline", r."version" AS "version", ${rank} AS "rank"
      FROM "Row" r WHERE ${where} ${behind(params.after, rank)}
      ORDER BY "rank", ${BY_NAME} LIMIT ${params.limit + 1} OFFSET ${params.offset}`,
    { name: text, headline: nullable(integer), version: nullable(text), rank: integer },
  )
  const rows = found.slice(0, params.limit)
  const last = found.length > params.limit ? rows.at(-1) : undefined
  const next = last === undefined ? null : toCursor([last.rank, last.headline, last.name])
  return { total: counted?.total ?? 0, rows, next }
}

const BY_NAME = rawSql('CASE WHEN r."headline" IS NULL THEN 1 ELSE 0 END, r."headline", r."name"')

/** Only what stands behind a place in the order: found by its values, so that what came or went before it is no matter. */
function behind(after: string | null, rank: Sql): Sql {
  const place = after === null ? null : rowPlaceOf(after)
  if (place === null) return emptySql
  return sql`AND (${rank} > ${place[0]} OR (${rank} = ${place[0]} AND ${behindName(place)}))`
}

function behindName([, headline, name]: RowPlace): Sql {
  const held = storable(name)
  if (headline === null) return sql`r."headline" IS NULL AND r."name" > ${held}`
  return sql`(r."headline" IS NULL OR r."headline" > ${headline} OR (r."headline" = ${headline} AND r."name" > ${held}))`
}

function whereOf(params: MatrixParams, branches: readonly string[]): Sql {
  const cells = cellsOf(params, branches)
  const conditions = [sql`1 = 1`]
  // Lowered here as it was when it was stored: SQLite lowers ASCII letters alone.
  const searched = storable(params.q.trim().toLowerCase()).replace(/^\/nix\/store\//, '')
  if (searched !== '') conditions.push(containsText('r."search"', searched))
  if (params.package.length > 0) conditions.push(sql`r."name" IN (${joinSql(params.package.map(storable))})`)
  if (isByLane(params)) conditions.push(sql`EXISTS (${cells})`)
  if (params.status.length > 0) conditions.push(statusCondition(params, branches))
  if (params.changed) conditions.push(sql`EXISTS (${cells} AND c."isChanged")`)
  if (params.ready === true) conditions.push(sql`EXISTS (${cells} AND c."isReady")`)
  if (params.ready === false) conditions.push(sql`EXISTS (${cells} AND NOT c."isReady" AND c."status" <> ${ABSENT})`)
  return joinSql(conditions, ' AND ')
}

const ABSENT = statusCode('absent')

/** A package without a cell on a branch is absent there as well, if that branch was evaluated at all. */
function statusCondition(params: MatrixParams, branches: readonly string[]): Sql {
  const cells = cellsOf(params, branches)
  const hasStatus = sql`EXISTS (${cells} AND c."status" IN (${joinSql(params.status.map(statusCode))}))`
  if (!params.status.includes('absent') || branches.length === 0) return hasStatus
  const present = sql`SELECT 1 FROM "Cell" c
    WHERE ${cellCondition(params, branches)} AND c."branch" = f."branch" AND c."status" <> ${ABSENT}`
  return sql`(${hasStatus} OR EXISTS (
    SELECT 1 FROM "Feed" f WHERE f."branch" IN (${joinSql([...branches])}) AND f."place" = 0
      AND f."evaluationId" IS NOT NULL AND NOT EXISTS (${present})))`
}

function cellsOf(params: MatrixParams, branches: readonly string[]): Sql {
  return sql`SELECT 1 FROM "Cell" c WHERE ${cellCondition(params, branches)}`
}

/** Cells of the row that count under the filters: its own, or the lanes of the chosen systems and variants. */
function cellCondition(params: MatrixParams, branches: readonly string[]): Sql {
  const ofBranches = branches.length === 0 ? sql`1 = 0` : sql`c."branch" IN (${joinSql([...branches])})`
  return sql`c."row" = r."name" AND ${ofBranches} AND ${laneCondition(params)}`
}

/** Worst first: broken by itself, then broken by others, then undecided, then good. */
const WORST_FIRST = [
  'failed',
  'timed-out',
  'evaluation-failed',
  'dependency-failed',
  'unknown',
  'cancelled',
  'building',
  'queued',
  'succeeded',
  'absent',
] as const satisfies readonly Status[]

// Written out: PostgreSQL takes parameters without a context for text. A code of a later version stands with the unknown.
const SEVERITY = rawSql(
  `CASE c."status" ${WORST_FIRST.map((status, index) => `WHEN ${statusCode(status)} THEN ${index}`).join(' ')}
    ELSE ${WORST_FIRST.indexOf('unknown')} END`,
)
const LAST = rawSql(String(WORST_FIRST.length))

/** What comes before the name in the order: lower first. */
function rankOf(params: MatrixParams, branches: readonly string[]): Sql {
  if (params.sort === 'name') return rawSql('0')
  const condition = cellCondition(params, branches)
  if (params.sort === 'status') {
    const worst = sql`SELECT MIN(${SEVERITY}) FROM "Cell" c WHERE ${condition}`
    return sql`COALESCE((${worst}), ${LAST})`
  }
  return sql`CASE WHEN EXISTS (SELECT 1 FROM "Cell" c WHERE ${condition} AND c."isChanged") THEN 0 ELSE 1 END`
}

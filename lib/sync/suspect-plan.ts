import 'server-only'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { emptySql, joinSql, sql } from '@/lib/db/sql'
import { namesOfAttribute, namesOfDerivation } from '@/lib/domain/package-names'
import { statusCode } from '@/lib/domain/status'
import type { SyncContext } from './context'
import { planDerivations, type WantedDerivation } from './derivation-plan'

/** The commits between a last good and a first bad revision, wanted because something broke there. */
export interface WantedRange {
  readonly from: string
  readonly to: string
  /** Names of what broke: roots and packages, as `package-names` has them. */
  readonly names: readonly string[]
}

const GOOD_DERIVATIONS_MAX = 100

// A run of health that began after the last good evaluation is a broken one, whatever is being built right now.
const isBrokenNow = sql`c."lane" = '' AND c."status" NOT IN (${joinSql([statusCode('succeeded'), statusCode('absent')])})
  AND (b."chainNumber" > g."chainNumber" OR (b."chainNumber" = g."chainNumber" AND b."number" > g."number"))`
const fromBroken = sql`"Cell" c JOIN "Evaluation" g ON g."id" = c."lastGoodId" JOIN "Evaluation" b ON b."id" = c."sinceId"`

/** Of a stored range `r`: does something broken now lie in it? */
export const isRangeNeeded = sql`EXISTS (SELECT 1 FROM ${fromBroken} WHERE ${isBrokenNow}
  AND g."nixpkgsRevision" = r."fromRevision" AND b."nixpkgsRevision" = r."toRevision")`

export interface RangeChoice {
  /** Of one cell alone. */
  readonly branch?: string
  readonly row?: string
  /** States of stored ranges that count as not read. */
  readonly states?: readonly string[]
}

/** Ranges of what is broken now whose commits are not read yet, newest breakage first. */
export async function planRanges(db: Db, choice: RangeChoice = {}): Promise<WantedRange[]> {
  const { branch, row, states = ['waiting'] } = choice
  const ofCell = branch === undefined ? emptySql : sql`AND c."branch" = ${branch} AND c."row" = ${row ?? ''}`
  const rows = await queryRows(
    db,
    sql`SELECT g."nixpkgsRevision" AS "from", b."nixpkgsRevision" AS "to", a."package" AS "attribute", k."name" AS "root"
      FROM ${fromBroken}
        LEFT JOIN "Attribute" a ON a."id" = c."attributeId"
        LEFT JOIN "Cause" k ON k."evaluationId" = c."evaluationId" AND k."attributeId" = c."attributeId"
          AND k."derivation" IS NOT NULL
        LEFT JOIN "NixpkgsRange" r ON r."fromRevision" = g."nixpkgsRevision" AND r."toRevision" = b."nixpkgsRevision"
      WHERE ${isBrokenNow} AND g."nixpkgsRevision" <> b."nixpkgsRevision" AND (r."id" IS NULL OR r."state" IN (${joinSql([...states])})) ${ofCell}
      ORDER BY b."startedMs" DESC, c."branch", c."row"`,
    { from: text, to: text, attribute: nullable(text), root: nullable(text) },
  )
  const ranges = new Map<string, { from: string; to: string; names: string[] }>()
  for (const { from, to, attribute, root } of rows) {
    const key = `${from} ${to}`
    const range = ranges.get(key) ?? { from, to, names: [] }
    ranges.set(key, range)
    range.names.push(...namesOfDerivation(root ?? ''), ...namesOfAttribute(attribute ?? ''))
  }
  return [...ranges.values()].map((range) => ({ ...range, names: [...new Set(range.names)] }))
}

/**
 * Derivations of which the inputs tell what changed: the last good builds of what is broken, and of the attributes at
 * which its failure begins. The failing ones are read anyway.
 */
export async function planGoodDerivations(context: SyncContext): Promise<WantedDerivation[]> {
  const isWanted = sql`${isBrokenNow} AND d."detailsMs" IS NULL AND r."status" = ${statusCode('succeeded')}`
  const rows = await queryRows(
    context.db,
    sql`SELECT d."id" AS "id" FROM ${fromBroken}
        JOIN "Attribute" a ON a."row" = c."row"
        JOIN "Result" r ON r."evaluationId" = c."lastGoodId" AND r."attributeId" = a."id" AND r."role" = 2
        JOIN "Derivation" d ON d."id" = r."derivationId" WHERE ${isWanted}
      UNION SELECT d."id" AS "id" FROM ${fromBroken}
        JOIN "Cause" k ON k."evaluationId" = c."evaluationId" AND k."attributeId" = c."attributeId"
        JOIN "Derivation" f ON f."path" = k."derivation"
        JOIN "Result" n ON n."derivationId" = f."id" AND n."evaluationId" = c."evaluationId"
        JOIN "Result" r ON r."evaluationId" = c."lastGoodId" AND r."attributeId" = n."attributeId"
        JOIN "Derivation" d ON d."id" = r."derivationId" WHERE ${isWanted}
      ORDER BY "id" DESC LIMIT ${GOOD_DERIVATIONS_MAX}`,
    { id: integer },
  )
  return planDerivations(
    context,
    rows.map(({ id }) => id),
  )
}

import 'server-only'
import type { Config } from '@/lib/config/schema'
import { DERIVATION_ATTRIBUTES_MAX, type DerivationBranch } from '@/lib/contract/derivation'
import type { Db } from '@/lib/db/client'
import { flag, integer, nullable, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { statusOfCode } from '@/lib/domain/status'

/** A derivation by store path, and its row in the database where it is an attribute. */
export interface PlacedDerivation {
  readonly path: string
  readonly id: number | null
}

/** Attributes that build a derivation, or are blocked by it, in what each branch shows now. */
export async function readDerivationBranches(
  db: Db,
  config: Config,
  placed: PlacedDerivation,
): Promise<DerivationBranch[]> {
  const standing = await readStanding(db, placed)
  return config.branches.flatMap(({ name, title }) => {
    const attributes = standing.filter(({ branch }) => branch === name)
    const [first] = attributes
    if (first === undefined) return []
    return {
      name,
      title: title ?? first.ref ?? name,
      total: first.total,
      attributes: attributes.map((one) => ({
        package: one.package,
        headline: one.isHeadline,
        attribute: one.attribute,
        status: statusOfCode(one.status),
        isItself: one.isItself,
      })),
    }
  })
}

/** A branch shows the evaluation of its first feed, and of another one the rows whose cell stands on that. */
function readStanding(db: Db, { path, id }: PlacedDerivation) {
  return queryRows(
    db,
    sql`SELECT * FROM (
        SELECT f."branch" AS "branch", f."ref" AS "ref", a."row" AS "package", a."text" AS "attribute", r."status" AS "status",
          CASE WHEN w."headline" IS NULL THEN 0 ELSE 1 END AS "isHeadline",
          CASE WHEN r."derivationId" = ${id ?? -1} THEN 1 ELSE 0 END AS "isItself",
          COUNT(*) OVER (PARTITION BY f."branch") AS "total",
          ROW_NUMBER() OVER (PARTITION BY f."branch"
            ORDER BY CASE WHEN w."headline" IS NULL THEN 1 ELSE 0 END, w."headline", a."row", a."text") AS "place"
        FROM (
          SELECT "evaluationId", "attributeId" FROM "Result" WHERE "derivationId" = ${id ?? -1}
          UNION SELECT "evaluationId", "attributeId" FROM "Cause" WHERE "derivation" = ${path}
        ) s
        JOIN "Feed" f ON f."evaluationId" = s."evaluationId"
        JOIN "Result" r ON r."evaluationId" = s."evaluationId" AND r."attributeId" = s."attributeId"
        JOIN "Attribute" a ON a."id" = s."attributeId"
        LEFT JOIN "Row" w ON w."name" = a."row"
        LEFT JOIN "Cell" c ON c."branch" = f."branch" AND c."row" = a."row" AND c."lane" = ''
        WHERE f."place" = 0 OR c."evaluationId" = f."evaluationId"
      ) listed WHERE "place" <= ${DERIVATION_ATTRIBUTES_MAX} ORDER BY "branch", "place"`,
    {
      ...{ branch: text, ref: nullable(text), package: text, attribute: text, status: integer },
      ...{ isHeadline: flag, isItself: flag, total: integer },
    },
  )
}

import 'server-only'
import { TRIAGE_PACKAGES_MAX } from '@/lib/contract/triage'
import type { Db } from '@/lib/db/client'
import { flag, integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { isBroken, judgementCode, STATUSES, statusCode } from '@/lib/domain/status'

/** Cells of one cause and branch that broke at the same place. */
export type TriageGroup = Awaited<ReturnType<typeof readTriageGroups>>[number]

/** What open causes break on these branches, by where it broke: few rows, however many packages there are. */
export async function readTriageGroups(db: Db, branches: readonly string[]) {
  return queryRows(
    db,
    sql`SELECT b."key" AS "key", b."branch" AS "branch", b."sinceId" AS "sinceId", b."lastGoodId" AS "lastGoodId",
        COUNT(DISTINCT b."row") AS "rows"
      FROM "TriageBlock" b WHERE b."branch" IN (${joinSql([...branches])})
      GROUP BY b."key", b."branch", b."sinceId", b."lastGoodId"`,
    { key: text, branch: text, sinceId: nullable(integer), lastGoodId: nullable(integer), rows: integer },
  )
}

/** Packages that each cause blocks on these branches together, and those among them that are headline or flap. */
export async function readTriageSums(db: Db, branches: readonly string[]) {
  const sums = await queryRows(
    db,
    sql`SELECT b."key" AS "key", COUNT(DISTINCT b."row") AS "blocks",
        COUNT(DISTINCT CASE WHEN r."headline" IS NULL THEN NULL ELSE b."row" END) AS "headlines",
        COUNT(DISTINCT CASE WHEN c."isFlapping" THEN b."row" END) AS "flapping"
      FROM "TriageBlock" b LEFT JOIN "Row" r ON r."name" = b."row"
        LEFT JOIN "Cell" c ON c."branch" = b."branch" AND c."row" = b."row" AND c."lane" = b."lane"
      WHERE b."branch" IN (${joinSql([...branches])}) GROUP BY b."key"`,
    { key: text, blocks: integer, headlines: integer, flapping: integer },
  )
  return new Map(sums.map(({ key, ...sum }) => [key, sum]))
}

/**
 * How many packages each of these causes blocks on a branch, and the first of them, headline packages first, with where
 * the package's own cell stands.
 */
export async function readTriagePackages(db: Db, keys: readonly string[], branches: readonly string[]) {
  return queryRows(
    db,
    sql`SELECT listed.*, o."sinceId" AS "sinceId", o."lastGoodId" AS "lastGoodId", d."path" AS "derivation" FROM (
        SELECT b."key" AS "key", b."branch" AS "branch", b."row" AS "row",
          CASE WHEN r."headline" IS NULL THEN 0 ELSE 1 END AS "isHeadline",
          MIN(CASE WHEN b."isUndecided" THEN 1 ELSE 0 END) AS "isUndecided",
          MAX(CASE WHEN c."isFlapping" THEN 1 ELSE 0 END) AS "isFlapping",
          COUNT(*) OVER (PARTITION BY b."key", b."branch") AS "blocks",
          ROW_NUMBER() OVER (PARTITION BY b."key", b."branch"
            ORDER BY CASE WHEN r."headline" IS NULL THEN 1 ELSE 0 END, r."headline", b."row") AS "place"
        FROM "TriageBlock" b LEFT JOIN "Row" r ON r."name" = b."row"
          LEFT JOIN "Cell" c ON c."branch" = b."branch" AND c."row" = b."row" AND c."lane" = b."lane"
        WHERE b."key" IN (${joinSql([...keys])}) AND b."branch" IN (${joinSql([...branches])})
        GROUP BY b."key", b."branch", b."row", r."headline"
      ) listed
        LEFT JOIN "Cell" o ON o."branch" = listed."branch" AND o."row" = listed."row" AND o."lane" = ''
        LEFT JOIN "Derivation" d ON d."id" = o."derivationId"
      WHERE listed."place" <= ${TRIAGE_PACKAGES_MAX} ORDER BY listed."key", listed."branch", listed."place"`,
    {
      ...{ key: text, branch: text, row: text, isHeadline: flag, isUndecided: flag, isFlapping: flag, blocks: integer },
      ...{ sinceId: nullable(integer), lastGoodId: nullable(integer), derivation: nullable(text) },
    },
  )
}

/** The derivations behind these causes on each branch, and the newest evaluation shown that has them. */
export async function readTriageRoots(db: Db, keys: readonly string[], branches: readonly string[]) {
  return queryRows(
    db,
    sql`SELECT b."key" AS "key", b."branch" AS "branch", b."derivation" AS "derivation", b."name" AS "name",
        b."status" AS "status", MAX(b."evaluationId") AS "evaluationId", COUNT(*) AS "cells"
      FROM "TriageBlock" b WHERE b."key" IN (${joinSql([...keys])}) AND b."branch" IN (${joinSql([...branches])})
      GROUP BY b."key", b."branch", b."derivation", b."name", b."status"
      ORDER BY "cells" DESC, b."name", b."derivation"`,
    { key: text, branch: text, derivation: text, name: text, status: integer, evaluationId: integer },
  )
}

/** Packages that are broken on these branches without any cause that is known. */
export async function countUnexplained(db: Db, branches: readonly string[]): Promise<number> {
  const broken = STATUSES.filter(isBroken).map(statusCode)
  const [counted] = await queryRows(
    db,
    sql`SELECT COUNT(DISTINCT c."row") AS "rows" FROM "Cell" c
      WHERE c."branch" IN (${joinSql([...branches])}) AND c."status" IN (${joinSql(broken)})
        AND c."judgement" <> ${judgementCode('may-fail')} AND NOT EXISTS (
          SELECT 1 FROM "TriageBlock" b JOIN "Triage" t ON t."key" = b."key"
          WHERE b."branch" = c."branch" AND b."row" = c."row" AND NOT b."isUndecided" AND t."kind" <> 'eviction')`,
    { rows: integer },
  )
  return counted?.rows ?? 0
}

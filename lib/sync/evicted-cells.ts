import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { presenceCode } from '@/lib/domain/presence'
import { judgementCode, statusCode } from '@/lib/domain/status'
import { evictionSignature } from '@/lib/domain/triage'
import { type BrokenCell, isOwnLane } from './triage-cells'

/**
 * Every cell that is green and was ready until a cache threw out an output that users need, once per such cache. Since
 * when is not told by an evaluation; where it was last ready is.
 */
export async function readEvictedCells(tx: Tx, { branches, caches, ignoreOutputs }: Config): Promise<BrokenCell[]> {
  if (caches.length === 0) return []
  const evicted = presenceCode('evicted')
  const known = joinSql(caches.map(({ id }) => id))
  const ignored = joinSql(['', ...ignoreOutputs])
  const rows = await queryRows(
    tx,
    sql`SELECT DISTINCT c."branch" AS "branch", c."row" AS "row", c."lane" AS "lane", c."evaluationId" AS "evaluationId",
        c."lastReadyId" AS "lastGoodId", d."path" AS "derivation",
        d."name" AS "name", d."version" AS "version", p."cache" AS "cache"
      FROM "Cell" c JOIN "Derivation" d ON d."id" = c."derivationId"
        JOIN "Output" o ON o."derivationId" = d."id" JOIN "Presence" p ON p."outputId" = o."id"
      WHERE c."branch" IN (${joinSql(branches.map(({ name }) => name))}) AND ${isOwnLane}
        AND c."status" = ${statusCode('succeeded')} AND c."judgement" = ${judgementCode('regular')}
        AND d."presence" = ${evicted} AND p."presence" = ${evicted}
        AND p."cache" IN (${known}) AND o."name" NOT IN (${ignored})
        AND NOT EXISTS (SELECT 1 FROM "Presence" b WHERE b."outputId" = o."id" AND b."presence" = ${presenceCode('cached')}
          AND b."cache" IN (${known}))
        AND NOT EXISTS (SELECT 1 FROM "Output" n WHERE n."derivationId" = d."id" AND n."name" NOT IN (${ignored})
          AND NOT EXISTS (SELECT 1 FROM "Presence" s WHERE s."outputId" = n."id" AND s."firstSeenMs" IS NOT NULL
            AND s."cache" IN (${known})))
      ORDER BY c."branch", c."row", c."lane", p."cache"`,
    {
      ...{ branch: text, row: text, lane: text, evaluationId: integer, lastGoodId: nullable(integer) },
      ...{ derivation: text, name: text, version: text, cache: text },
    },
  )
  return rows.map(({ cache, name, version, ...cell }) => ({
    ...cell,
    name: version === '' ? name : `${name}-${version}`,
    sinceId: null,
    status: 'succeeded',
    signature: evictionSignature(cache),
  }))
}

import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Db, Tx } from '@/lib/db/client'
import { integer, queryRows } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { presenceCode } from '@/lib/domain/presence'
import type { LifeCount } from '@/lib/domain/survival'

/** Outputs that are looked at together: the database of one process answers nobody else meanwhile. */
const RANGE = 20_000

/**
 * How long outputs lived in a cache, in days begun. A life begins when an output is first seen cached, or again after
 * an eviction, and ends when it is found evicted; one that still lives, or was found untrusted, was last seen alive
 * when it was last seen. The cost grows with the outputs known, not with evaluations.
 */
export async function countLives(db: Db, cache: string): Promise<LifeCount[]> {
  const newest = await db.presence.findFirst({
    where: { cache },
    orderBy: { outputId: 'desc' },
    select: { outputId: true },
  })
  const byDays = new Map<number, LifeCount>()
  for (let from = 0; from <= (newest?.outputId ?? -1); from += RANGE) {
    for (const { days, isEvicted, lives } of await readLives(db, cache, from)) {
      const { evicted, censored } = byDays.get(days) ?? { evicted: 0, censored: 0 }
      byDays.set(days, {
        days,
        evicted: evicted + (isEvicted === 1 ? lives : 0),
        censored: censored + (isEvicted === 1 ? 0 : lives),
      })
    }
  }
  return [...byDays.values()].sort((a, b) => a.days - b.days)
}

/** Replaces what is stored of the lives in a cache. */
export async function storeLives(tx: Tx, cache: string, lives: readonly LifeCount[]): Promise<void> {
  await tx.cacheLife.deleteMany({ where: { cache } })
  await insertRows(tx, {
    table: 'CacheLife',
    columns: ['cache', 'days', 'evicted', 'censored'],
    rows: lives.map(({ days, evicted, censored }) => [cache, days, evicted, censored]),
    onConflict: 'ignore',
  })
}

/**
 * Changes of presence that matter to a life (out of reach is none), repeats dropped; each that begins one, with the
 * change that follows it. What was evicted lived for at least the day that it began. The length of a day stands in the
 * text: as a value it would be no integer to SQLite, and divide into fractions.
 */
function readLives(db: Db, cache: string, from: number) {
  const [cached, untrusted, evicted] = [presenceCode('cached'), presenceCode('untrusted'), presenceCode('evicted')]
  return queryRows(
    db,
    sql`WITH seen AS (
        SELECT c."outputId", c."atMs", c."presence",
          LAG(c."presence") OVER (PARTITION BY c."outputId" ORDER BY c."atMs") AS "before"
        FROM "PresenceChange" c
        WHERE c."outputId" >= ${from} AND c."outputId" < ${from + RANGE} AND c."cache" = ${cache}
          AND c."presence" IN (${cached}, ${untrusted}, ${evicted})
      ), turns AS (
        SELECT s."outputId", s."atMs", s."presence",
          LEAD(s."presence") OVER (PARTITION BY s."outputId" ORDER BY s."atMs") AS "next",
          LEAD(s."atMs") OVER (PARTITION BY s."outputId" ORDER BY s."atMs") AS "nextMs"
        FROM seen s WHERE s."before" IS NULL OR s."before" <> s."presence"
      ), lives AS (
        SELECT CASE WHEN t."next" = ${evicted} THEN 1 ELSE 0 END AS "isEvicted",
          COALESCE(t."nextMs", p."lastSeenMs", t."atMs") - t."atMs" AS "livedMs"
        FROM turns t LEFT JOIN "Presence" p ON p."outputId" = t."outputId" AND p."cache" = ${cache}
        WHERE t."presence" = ${cached}
      )
      SELECT CASE WHEN "livedMs" <= 0 AND "isEvicted" = 1 THEN 1 ELSE ("livedMs" + 86399999) / 86400000 END AS "days",
        "isEvicted" AS "isEvicted", COUNT(*) AS "lives"
      FROM lives GROUP BY 1, 2`,
    { days: integer, isEvicted: integer, lives: integer },
  )
}

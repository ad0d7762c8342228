import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { integer, nullable, queryRows } from '@/lib/db/rows'
import { emptySql, joinSql, sql } from '@/lib/db/sql'
import { PRESENCES, type Presence, presenceCode, presenceOfCode } from '@/lib/domain/presence'
import { judgementCode, statusCode } from '@/lib/domain/status'

const DAY_MS = 86_400_000

type Counts = Record<Presence | 'needed' | 'lastCached' | 'fileSizesKnown' | 'narSizesKnown', number> &
  Record<'fileSize' | 'narSize', bigint>

/**
 * Stores what each cache holds of what the built cells of each branch need: one row per branch, cache and day, and none
 * where nothing has changed since the last one. Its cost follows what the matrix shows, not the history.
 */
export async function storeCoverage(tx: Tx, config: Config, now: Date): Promise<void> {
  for (const { name: branch } of config.branches) {
    for (const { id: cache } of config.caches) {
      const counts = await countNeeded(tx, { branch, cache, ignored: config.ignoreOutputs })
      await storePoint(tx, { branch, cache }, counts, now)
    }
  }
}

async function storePoint(tx: Tx, of: { branch: string; cache: string }, counts: Counts, now: Date): Promise<void> {
  const day = Math.floor(now.getTime() / DAY_MS)
  const untilMs = BigInt(now.getTime())
  const newest = await tx.coverage.findFirst({ where: of, orderBy: { day: 'desc' } })
  if (newest === null && counts.needed === 0) return
  const row = { ...of, day: newest !== null && isSame(newest, counts) ? newest.day : day }
  await tx.coverage.upsert({
    where: { branch_cache_day: row },
    create: { ...row, ...counts, untilMs },
    update: { ...counts, untilMs },
  })
}

function isSame(stored: Counts, counts: Counts): boolean {
  const numbers = [
    'needed',
    'lastCached',
    'fileSize',
    'fileSizesKnown',
    'narSize',
    'narSizesKnown',
    ...PRESENCES,
  ] as const
  return numbers.every((name) => stored[name] === counts[name])
}

/** Outputs of derivations that make a cell which may be ready, each once, by what the cache says of them. */
async function countNeeded(
  tx: Tx,
  { branch, cache, ignored }: { branch: string; cache: string; ignored: readonly string[] },
): Promise<Counts> {
  const isNeeded = ignored.length === 0 ? emptySql : sql`AND o."name" NOT IN (${joinSql([...ignored])})`
  const rows = await queryRows(
    tx,
    sql`SELECT p."presence" AS "presence", COUNT(*) AS "outputs",
        SUM(p."fileSize") AS "fileSize", COUNT(p."fileSize") AS "fileSizesKnown",
        SUM(COALESCE(p."narSize", o."narSize")) AS "narSize",
        COUNT(COALESCE(p."narSize", o."narSize")) AS "narSizesKnown",
        SUM(CASE WHEN p."lastPresence" = ${presenceCode('cached')} THEN 1 ELSE 0 END) AS "lastCached"
      FROM "Output" o LEFT JOIN "Presence" p ON p."outputId" = o."id" AND p."cache" = ${cache}
      WHERE o."derivationId" IN (
          SELECT c."derivationId" FROM "Cell" c WHERE c."branch" = ${branch} AND c."lane" = ''
            AND c."status" = ${statusCode('succeeded')} AND c."judgement" <> ${judgementCode('must-fail')}
        ) ${isNeeded}
      GROUP BY p."presence"`,
    {
      ...{ presence: nullable(integer), outputs: integer, lastCached: integer },
      ...{ fileSize: nullable(integer), fileSizesKnown: integer, narSize: nullable(integer), narSizesKnown: integer },
    },
  )
  const of = (presence: Presence) =>
    rows.filter((row) => presenceOfCode(row.presence ?? presenceCode('unchecked')) === presence)
  const [held] = of('cached')
  const counts = Object.fromEntries(PRESENCES.map((presence) => [presence, sum(of(presence))]))
  return {
    ...{ cached: 0, untrusted: 0, unreachable: 0, unchecked: 0, evicted: 0, missing: 0, ...counts },
    needed: sum(rows),
    lastCached: of('unreachable')[0]?.lastCached ?? 0,
    fileSize: BigInt(held?.fileSize ?? 0),
    fileSizesKnown: held?.fileSizesKnown ?? 0,
    narSize: BigInt(held?.narSize ?? 0),
    narSizesKnown: held?.narSizesKnown ?? 0,
  }
}

function sum(rows: readonly { outputs: number }[]): number {
  return rows.reduce((total, { outputs }) => total + outputs, 0)
}

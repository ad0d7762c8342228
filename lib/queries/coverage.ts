import 'server-only'
import { COVERAGE_DAYS, type Coverage, type CoveragePoint } from '@/lib/contract/caches'
import type { Db } from '@/lib/db/client'
import type { Presence } from '@/lib/domain/presence'
import { isoOf } from './times'

const DAY_MS = 86_400_000

/** What a cache held of each branch over the last half year: a row per branch and day at most. */
export async function readCoverage(
  db: Db,
  cache: string,
  branches: readonly { name: string; title: string }[],
  now: Date,
): Promise<Coverage[]> {
  const stored = await db.coverage.findMany({
    where: { cache, untilMs: { gte: BigInt(now.getTime() - COVERAGE_DAYS * DAY_MS) } },
    orderBy: { day: 'asc' },
  })
  return branches.map(({ name, title }) => ({
    branch: name,
    title,
    points: stored.filter(({ branch }) => branch === name).map(toPoint),
  }))
}

type StoredPoint = Awaited<ReturnType<Db['coverage']['findMany']>>[number]

function toPoint(stored: StoredPoint): CoveragePoint {
  const { cached, untrusted, unreachable, unchecked, evicted, missing } = stored
  return {
    day: new Date(stored.day * DAY_MS).toISOString().slice(0, 10),
    until: isoOf(stored.untilMs),
    needed: stored.needed,
    lastCached: stored.lastCached,
    presences: { cached, untrusted, unreachable, unchecked, evicted, missing } satisfies Record<Presence, number>,
    fileSize: { bytes: Number(stored.fileSize), outputs: stored.fileSizesKnown },
    narSize: { bytes: Number(stored.narSize), outputs: stored.narSizesKnown },
  }
}

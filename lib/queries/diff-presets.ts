import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Diff } from '@/lib/contract/diff'
import type { Db } from '@/lib/db/client'
import { compareEvaluations } from '@/lib/domain/evaluation-order'
import { statusCode } from '@/lib/domain/status'

const DAY_MS = 86_400_000n
/** What counts as history: finished, read, and not replaced by a rerun. */
const DECIDED = { state: { in: ['finished', 'failed'] }, observedMs: { not: null }, isSuperseded: false }

type Evaluation = NonNullable<Awaited<ReturnType<Db['evaluation']['findUnique']>>>

/** Other sides that the newer evaluation of a diff is worth comparing with. */
export async function readDiffPresets(db: Db, config: Config, toId: number): Promise<Diff['presets']> {
  const to = await db.evaluation.findUniqueOrThrow({ where: { id: toId } })
  const [previous, sameDay] = await Promise.all([readPrevious(db, to), readSameDay(db, config, to)])
  return { previous: previous?.key ?? null, sameDay }
}

/** The evaluation before this one: finished, of the same branch, source and ref, not replaced by a rerun. */
export function readPrevious(db: Db, to: Evaluation): Promise<Evaluation | null> {
  return db.evaluation.findFirst({ where: historyBefore(to), orderBy: NEWEST_FIRST })
}

/** The last evaluation before this one in which the row (any attribute that made its cell) succeeded on that branch. */
export async function readLastGood(db: Db, to: Evaluation, row: string): Promise<Evaluation | null> {
  const cell = await db.cell.findUnique({
    where: { branch_row_lane: { branch: to.branch, row, lane: '' } },
    select: { lastGoodId: true },
  })
  const known = await db.evaluation.findUnique({ where: { id: cell?.lastGoodId ?? -1 } })
  if (known !== null && known.source === to.source && compareEvaluations(known, to) < 0) return known
  // The cell speaks of the newest evaluation: an older one asks its own history.
  const good = { role: 2, status: statusCode('succeeded'), attribute: { row } }
  return db.evaluation.findFirst({ where: { ...historyBefore(to), results: { some: good } }, orderBy: NEWEST_FIRST })
}

const NEWEST_FIRST = [{ chainNumber: 'desc' as const }, { number: 'desc' as const }]

function historyBefore(to: Evaluation) {
  return {
    ...DECIDED,
    branch: to.branch,
    source: to.source,
    ...(to.handler !== 'Config' && { handler: { in: [to.handler, 'Config'] } }),
    AND: [
      { OR: [{ chainNumber: { lt: to.chainNumber } }, { chainNumber: to.chainNumber, number: { lt: to.number } }] },
      to.ref === null ? {} : { OR: [{ ref: to.ref }, { ref: null }] },
    ],
  }
}

/** On each other branch the finished evaluation of its column that began on the same day (UTC), nearest in time. */
async function readSameDay(db: Db, config: Config, to: Evaluation): Promise<Diff['presets']['sameDay']> {
  const day = to.startedMs - (to.startedMs % DAY_MS)
  const [feeds, found] = await Promise.all([
    db.feed.findMany({ where: { place: 0, branch: { not: to.branch } }, select: { branch: true, feed: true } }),
    db.evaluation.findMany({
      where: { ...DECIDED, branch: { not: to.branch }, startedMs: { gte: day, lt: day + DAY_MS } },
      select: { key: true, branch: true, source: true, handler: true, startedMs: true },
      orderBy: NEWEST_FIRST,
    }),
  ])
  const columns = new Map(feeds.map(({ branch, feed }) => [branch, feed]))
  const distance = ({ startedMs }: { startedMs: bigint }) => Math.abs(Number(startedMs - to.startedMs))
  return config.branches.flatMap(({ name }) => {
    const ofColumn = found.filter(
      ({ branch, source, handler }) => branch === name && columns.get(name) === `${source} ${handler}`,
    )
    const nearest = ofColumn.toSorted((a, b) => distance(a) - distance(b))[0]
    return nearest === undefined ? [] : [{ branch: name, evaluation: nearest.key }]
  })
}

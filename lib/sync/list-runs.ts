import 'server-only'
import type { SourceConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import type { ListedRun, RunPage, Source } from '@/lib/sources/source'
import { recordFault, recordReason, reportProgress, type SyncContext, writeFenced } from './context'
import { noteFact } from './note-fact'
import { branchOfRun, isNamedByRef } from './run-branch'
import { settleChains } from './settle-chains'
import { countSkipped } from './skipped-runs'
import { storeRun } from './store-run'

const DAY_MS = 86_400_000
/** Effects of a run can hang for ever; after this long its end is not asked for any more. */
const END_AWAITED_MS = 7 * DAY_MS

/** What a listing brought, newest first, and how far it may be relied on. */
interface Listing {
  readonly runs: readonly ListedRun[]
  /** False: a page could not be read, so that older runs are still to be listed. */
  readonly isWhole: boolean
  /** The lowest number on a page with an item that did not parse; that item is asked for again from there on. */
  readonly faultyFrom: number | null
}

/**
 * Lists what is new since the last listing and stores it in one transaction with the mark it reached: a run that
 * is listed is never forgotten, whenever the process dies. Details are read later, driven by the stored rows.
 */
export async function listRuns(context: SyncContext, source: Source): Promise<void> {
  const config = context.config.sources.find(({ id }) => id === source.id)
  if (config === undefined) return
  const state = await context.db.sourceState.findUnique({ where: { source: source.id } })
  const through = context.isFull ? null : (state?.listedThrough ?? null)
  const listing = await listNewRuns(context, source, through)
  const open = await readOpenRuns(context, source, new Set(listing.runs.map((run) => run.externalId)))
  await writeFenced(context, async (tx) => {
    let changed = 0
    for (const run of [...listing.runs, ...open]) changed += await storePlaced(tx, context, config, run)
    if (changed > 0) {
      await settleChains(tx, config)
      await noteFact(tx, context.now())
    }
    const listedThrough = markOf(listing, state?.listedThrough ?? null)
    const counted = { before: through === null ? '{}' : (state?.skipped ?? '{}'), from: through, to: listedThrough }
    const skipped = countSkipped(config, context.config.branches, { runs: listing.runs, ...counted })
    await storeMark(tx, source.id, {
      listedThrough,
      skipped,
      ...(listing.isWhole ? { readMs: BigInt(context.now().getTime()) } : {}),
    })
  })
}

/** Every run up to this number is stored; what could not be read stays above it. */
function markOf({ runs, isWhole, faultyFrom }: Listing, before: number | null): number | null {
  if (!isWhole) return before
  const reached = faultyFrom === null ? Math.max(0, ...runs.map((run) => run.index)) : faultyFrom - 1
  return Math.max(before ?? 0, reached)
}

async function storePlaced(tx: Tx, context: SyncContext, config: SourceConfig, run: ListedRun): Promise<0 | 1> {
  const branch = branchOfRun(config, context.config.branches, run)
  if (branch === null) return 0
  return storeRun(tx, { source: config.id, branch, ref: isNamedByRef(config) ? run.ref : null }, run)
}

async function listNewRuns(context: SyncContext, source: Source, through: number | null): Promise<Listing> {
  const oldestMs = context.now().getTime() - context.config.sync.historyDays * DAY_MS
  const runs: ListedRun[] = []
  let faultyFrom: number | null = null
  let cursor: string | null = null
  do {
    const page: RunPage | null = await readPage(context, source, cursor)
    if (page === null) return { runs, isWhole: false, faultyFrom }
    const fresh = page.runs.filter(
      (run) => run.startedAt.getTime() >= oldestMs && (through === null || run.index > through),
    )
    runs.push(...fresh)
    if (page.faults.length > 0) faultyFrom = Math.min(...fresh.map((run) => run.index), faultyFrom ?? Infinity)
    await reportProgress(context, { stage: 'list', source: source.id, done: runs.length, total: runs.length })
    // The order falls: a page that holds an old or known run is the last one of interest.
    cursor = fresh.length < page.runs.length ? null : page.next
  } while (cursor !== null)
  return { runs, isWhole: true, faultyFrom: faultyFrom === Infinity ? null : faultyFrom }
}

/** A fault of the first page ends the listing; after a later one, what was listed before it is kept. */
async function readPage(context: SyncContext, source: Source, cursor: string | null): Promise<RunPage | null> {
  const page = await source.listRuns(cursor).catch(async (error: unknown) => {
    if (cursor === null) throw error
    await recordFault(context, source.id, error)
    return null
  })
  for (const fault of page?.faults ?? []) await recordReason(context, { source: source.id, ...fault })
  return page
}

/** Runs that were not finished when last seen, or whose end the source did not tell yet, asked for by id. */
async function readOpenRuns(context: SyncContext, source: Source, listed: ReadonlySet<string>): Promise<ListedRun[]> {
  const awaitedFromMs = BigInt(context.now().getTime() - END_AWAITED_MS)
  const open = await context.db.evaluation.findMany({
    where: {
      source: source.id,
      OR: [
        { state: { in: ['queued', 'running'] } },
        { state: 'finished', finishedMs: null, startedMs: { gte: awaitedFromMs } },
      ],
    },
    select: { externalId: true },
    distinct: ['externalId'],
  })
  const runs: ListedRun[] = []
  for (const { externalId } of open) {
    if (listed.has(externalId)) continue
    const run = await source.readRun(externalId).catch((error: unknown) => recordOpenFault(context, source.id, error))
    if (run !== null) runs.push(run)
  }
  return runs
}

async function recordOpenFault(context: SyncContext, source: string, error: unknown): Promise<null> {
  await recordFault(context, source, error)
  return null
}

interface Mark {
  readonly listedThrough: number | null
  readonly skipped: string
  readonly readMs?: bigint
}

async function storeMark(tx: Tx, source: string, mark: Mark): Promise<void> {
  await tx.sourceState.upsert({ where: { source }, create: { source, ...mark }, update: mark })
}

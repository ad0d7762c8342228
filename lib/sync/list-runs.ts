import 'server-only'
import type { SourceConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import type { ListedRun, Source } from '@/lib/sources/source'
import { recordFault, recordReason, reportProgress, type SyncContext, writeFenced } from './context'
import { branchOfRun } from './run-branch'
import { settleChains } from './settle-chains'
import { storeRun } from './store-run'

const DAY_MS = 86_400_000

/**
 * Lists what is new since the last listing and stores it in one transaction with the mark it reached: a run that
 * is listed is never forgotten, whenever the process dies. Details are read later, driven by the stored rows.
 */
export async function listRuns(context: SyncContext, source: Source): Promise<void> {
  const config = context.config.sources.find(({ id }) => id === source.id)
  if (config === undefined) return
  const state = await context.db.sourceState.findUnique({ where: { source: source.id } })
  const listed = await listNewRuns(context, source, context.isFull ? null : (state?.listedThrough ?? null))
  const open = await readOpenRuns(context, source, new Set(listed.map((run) => run.externalId)))
  await writeFenced(context, async (tx) => {
    const skipped = context.isFull || state === null ? {} : skippedOf(state.skipped)
    for (const run of listed) {
      if (branchOfRun(config, context.config.branches, run) === null) countSkipped(skipped, run)
    }
    for (const run of [...listed, ...open]) await storePlaced(tx, context, config, run)
    await settleChains(tx, source.id)
    const numbers = listed.map((run) => run.index)
    await storeMark(tx, source.id, {
      listedThrough: Math.max(state?.listedThrough ?? 0, ...numbers),
      skipped: JSON.stringify(skipped),
      readMs: BigInt(context.now().getTime()),
    })
  })
}

async function storePlaced(tx: Tx, context: SyncContext, config: SourceConfig, run: ListedRun): Promise<void> {
  const branch = branchOfRun(config, context.config.branches, run)
  // Only a pushed ref is the nixpkgs branch; elsewhere the lock file tells.
  const isNamedByRef = config.kind === 'hercules-ci' && config.branchFrom === 'ref'
  if (branch !== null) await storeRun(tx, { source: config.id, branch, ref: isNamedByRef ? run.ref : null }, run)
}

async function listNewRuns(context: SyncContext, source: Source, through: number | null): Promise<ListedRun[]> {
  const oldestMs = context.now().getTime() - context.config.sync.historyDays * DAY_MS
  const runs: ListedRun[] = []
  let cursor: string | null = null
  do {
    const page = await source.listRuns(cursor)
    for (const fault of page.faults) await recordReason(context, { source: source.id, ...fault })
    const fresh = page.runs.filter(
      (run) => run.startedAt.getTime() >= oldestMs && (through === null || run.index > through),
    )
    runs.push(...fresh)
    await reportProgress(context, { stage: 'list', source: source.id, done: runs.length, total: runs.length })
    // The order falls: a page that holds an old or known run is the last one of interest.
    cursor = fresh.length < page.runs.length ? null : page.next
  } while (cursor !== null)
  return runs
}

/** Runs that were not finished when last seen, asked for by id. */
async function readOpenRuns(context: SyncContext, source: Source, listed: ReadonlySet<string>): Promise<ListedRun[]> {
  const open = await context.db.evaluation.findMany({
    where: { source: source.id, state: { in: ['queued', 'running'] } },
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

function skippedOf(json: string): Record<string, number> {
  const parsed: unknown = JSON.parse(json)
  if (typeof parsed !== 'object' || parsed === null) return {}
  return Object.fromEntries(
    Object.entries(parsed).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}

function countSkipped(skipped: Record<string, number>, run: ListedRun): void {
  const name = run.jobName !== null && run.ref === null ? run.jobName : (run.ref ?? run.handler)
  skipped[name] = (skipped[name] ?? 0) + 1
}

async function storeMark(tx: Tx, source: string, mark: { listedThrough: number; skipped: string; readMs: bigint }) {
  await tx.sourceState.upsert({ where: { source }, create: { source, ...mark }, update: mark })
}

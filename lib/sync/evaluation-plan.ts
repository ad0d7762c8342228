import 'server-only'
import type { SyncContext } from './context'
import { BRANCH_BY_ATTRIBUTE } from './run-branch'

const DAY_MS = 86_400_000

/** A run whose results are to be read. */
export interface WantedRun {
  readonly source: string
  readonly externalId: string
}

/**
 * Per branch and handler the newest finished run and the one that is shown, which are read again each time because
 * restarts change them, and what runs after them.
 */
export async function planShown(context: SyncContext): Promise<WantedRun[]> {
  const runs: WantedRun[] = []
  for (const { id } of context.sources) runs.push(...(await planShownOf(context, id)))
  return distinct(runs)
}

/** Every other run that was not read yet, newest first over the branches of each source. */
export async function planRest(context: SyncContext, shown: readonly WantedRun[]): Promise<WantedRun[]> {
  const runs: WantedRun[] = []
  for (const { id } of context.sources) runs.push(...(await planRestOf(context, id)))
  const read = new Set(shown.map(keyOf))
  return distinct(runs).filter((run) => !read.has(keyOf(run)))
}

function distinct(runs: readonly WantedRun[]): WantedRun[] {
  return [...new Map(runs.map((run) => [keyOf(run), run])).values()]
}

function keyOf(run: WantedRun): string {
  return JSON.stringify([run.source, run.externalId])
}

async function planShownOf(context: SyncContext, source: string): Promise<WantedRun[]> {
  const feeds = await context.db.evaluation.findMany({
    where: { source, branch: { in: branchesOf(context) } },
    select: { branch: true, handler: true },
    distinct: ['branch', 'handler'],
    orderBy: [{ branch: 'asc' }, { handler: 'asc' }],
  })
  const runs: WantedRun[] = []
  for (const feed of feeds) runs.push(...(await planFeed(context, source, feed)))
  return [...runs, ...(await readShown(context, source))]
}

/** Of a branch that is no longer configured nothing more is read. */
function branchesOf({ config }: SyncContext): string[] {
  return [BRANCH_BY_ATTRIBUTE, ...config.branches.map(({ name }) => name)]
}

/** What the columns show: not the newest run where a branch follows a newer ref than that. */
async function readShown({ db }: SyncContext, source: string): Promise<WantedRun[]> {
  const feeds = await db.feed.findMany({ select: { evaluationId: true } })
  const ids = feeds.flatMap(({ evaluationId }) => evaluationId ?? [])
  const shown = await db.evaluation.findMany({ where: { id: { in: ids }, source, handler: { not: 'Config' } } })
  return shown.map(toWanted)
}

async function planFeed(context: SyncContext, source: string, feed: { branch: string; handler: string }) {
  // A Config job has nothing that restarts could change: it is read once.
  const unread = feed.handler === 'Config' ? { observedMs: null } : {}
  const newest = await context.db.evaluation.findFirst({
    where: { source, ...feed, ...unread, state: { in: ['finished', 'failed'] }, isSuperseded: false },
    select: { source: true, externalId: true, chainNumber: true },
    orderBy: [{ chainNumber: 'desc' }, { number: 'desc' }],
  })
  const running = await context.db.evaluation.findMany({
    where: { source, ...feed, state: 'running', chainNumber: { gte: newest?.chainNumber ?? 0 } },
    select: { source: true, externalId: true },
    orderBy: [{ chainNumber: 'desc' }, { number: 'desc' }],
  })
  return [...(newest === null ? [] : [newest]), ...running].map(toWanted)
}

/** What is not read yet; of a `--full` sync, everything within `historyDays` that this run has not read. */
async function planRestOf(context: SyncContext, source: string): Promise<WantedRun[]> {
  const oldestMs = BigInt(context.now().getTime() - context.config.sync.historyDays * DAY_MS)
  const again = { startedMs: { gte: oldestMs }, observedMs: { lt: BigInt(context.startedAt.getTime()) } }
  const runs = await context.db.evaluation.findMany({
    where: {
      source,
      branch: { in: branchesOf(context) },
      OR: [{ observedMs: null }, { state: 'running' }, { graph: 'waiting' }, ...(context.isFull ? [again] : [])],
      state: { not: 'queued' },
    },
    select: { source: true, externalId: true },
    orderBy: [{ startedMs: 'desc' }, { id: 'asc' }],
    distinct: ['externalId'],
  })
  return runs.map(toWanted)
}

function toWanted({ source, externalId }: WantedRun): WantedRun {
  return { source, externalId }
}

import 'server-only'
import type { SyncContext } from './context'

const DAY_MS = 86_400_000

/** A run whose results are to be read. */
export interface WantedRun {
  readonly source: string
  readonly externalId: string
}

/**
 * `shown`: per branch and handler the newest finished run, which is read again each time because restarts change
 * it, and what runs after it. `rest`: every other run that was not read yet, newest first over all branches.
 */
export async function planEvaluations(context: SyncContext, part: 'shown' | 'rest'): Promise<WantedRun[]> {
  const runs: WantedRun[] = []
  for (const { id } of context.sources) {
    runs.push(...(part === 'shown' ? await planShown(context, id) : await planRest(context, id)))
  }
  return [...new Map(runs.map((run) => [JSON.stringify(run), run])).values()]
}

async function planShown(context: SyncContext, source: string): Promise<WantedRun[]> {
  const feeds = await context.db.evaluation.findMany({
    where: { source },
    select: { branch: true, handler: true },
    distinct: ['branch', 'handler'],
    orderBy: [{ branch: 'asc' }, { handler: 'asc' }],
  })
  const runs: WantedRun[] = []
  for (const feed of feeds) runs.push(...(await planFeed(context, source, feed)))
  return runs
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
async function planRest(context: SyncContext, source: string): Promise<WantedRun[]> {
  const oldestMs = BigInt(context.now().getTime() - context.config.sync.historyDays * DAY_MS)
  const again = { startedMs: { gte: oldestMs }, observedMs: { lt: BigInt(context.startedAt.getTime()) } }
  const runs = await context.db.evaluation.findMany({
    where: {
      source,
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

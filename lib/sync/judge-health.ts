import 'server-only'
import type { HealthChange } from '@/lib/domain/health-changes'
import { emptyHealth, foldHealth, type HealthState, muteHealth } from '@/lib/domain/health-fold'
import type { SyncContext } from './context'
import type { EventState } from './event-state'
import { mergeByTime, type NewEvaluation, type NewOfFeed, readNewOfFeed, type StoredFeed } from './new-evaluations'
import { readSeenCells, type Settle, wholeCause } from './read-seen'

export interface JudgeRules {
  readonly settle: Settle
  /** What decodes the rows' names. */
  readonly decoding: string
}

export interface HealthJudgement {
  readonly state: EventState
  readonly changes: readonly HealthChange[]
}

/** Folds what is new in the feeds of a branch into what is known of its health. */
export async function judgeHealth(
  context: SyncContext,
  {
    state,
    feeds,
    rules,
  }: { readonly state: EventState; readonly feeds: readonly StoredFeed[]; readonly rules: JudgeRules },
): Promise<HealthJudgement> {
  const isDecodedAnew = state.decoding !== rules.decoding
  const news = new Map<string, NewOfFeed>()
  for (const feed of feeds) {
    const mark = isDecodedAnew ? undefined : state.marks[feed.feed]
    news.set(feed.feed, await readNewOfFeed(context.db, feed, mark, context.now().getTime()))
  }
  const marks = Object.fromEntries([...news].map(([feed, { mark }]) => [feed, mark]))
  // Rows have other names now: what they are is taken for told.
  const evaluations = [...news.values()].map((one) => (isDecodedAnew ? one.evaluations.slice(-1) : one.evaluations))
  let health: HealthState = isDecodedAnew ? emptyHealth : state.health
  const changes: HealthChange[] = []
  for (const evaluation of mergeByTime(evaluations)) {
    context.signal.throwIfAborted()
    const seen = await readSeen(context, evaluation, { feeds, settle: rules.settle })
    const step = foldHealth(health, seen, context.config.feeds.holdEvaluations)
    health = step.state
    changes.push(...step.changes)
  }
  if (isDecodedAnew) return { state: { ...state, marks, health: muteHealth(health) }, changes: [] }
  return { state: { ...state, marks, health }, changes }
}

async function readSeen(
  { db, config }: SyncContext,
  { id, feed, atMs, isComplete, error }: NewEvaluation,
  { feeds, settle }: { readonly feeds: readonly StoredFeed[]; readonly settle: Settle },
) {
  const names = feeds.map((one) => one.feed)
  return {
    ...{ evaluation: id, atMs, feed, isComplete },
    above: names.slice(0, names.indexOf(feed)),
    cells: await readSeenCells(db, id, settle),
    error: isComplete ? null : wholeCause(error, settle),
    listed: config.packages.map(({ name }) => name),
  }
}

import 'server-only'
import { createHash } from 'node:crypto'
import type { BranchConfig } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { followedRef } from '@/lib/domain/branch-name'
import { compareEvaluations } from '@/lib/domain/evaluation-order'

/** One evaluation in the history of a feed: finished, read, not replaced by a rerun. */
export interface HistoryEvaluation {
  readonly id: number
  readonly chainNumber: number
  readonly number: number
  readonly state: string
  readonly isComplete: boolean
  readonly finishedMs: bigint | null
  readonly observedMs: bigint | null
  readonly ref: string | null
}

export interface FeedName {
  readonly source: string
  readonly handler: string
}

export interface FeedHistory {
  readonly feed: FeedName
  readonly ref: string | null
  /** Oldest first, all of the ref that is followed; the last one is shown. */
  readonly evaluations: readonly HistoryEvaluation[]
  readonly shown: HistoryEvaluation | null
  readonly runningId: number | null
}

/** A feed's name in the tables. */
export function feedKey(feed: FeedName): string {
  return `${feed.source} ${feed.handler}`
}

/** The history of one source and handler on a branch, within the ref that it follows now. */
export async function readFeedHistory(db: Db, branch: BranchConfig, feed: FeedName): Promise<FeedHistory> {
  const ofFeed = {
    branch: branch.name,
    source: feed.source,
    handler: { in: [feed.handler, 'Config'] },
    isSuperseded: false,
  }
  const decided = await db.evaluation.findMany({
    where: {
      ...ofFeed,
      state: { in: ['finished', 'failed'] },
      // A failed Config job decides by being there: it has no results that could be read.
      OR: [{ observedMs: { not: null } }, { handler: 'Config' }],
    },
    select: {
      id: true,
      chainNumber: true,
      number: true,
      state: true,
      isComplete: true,
      observedMs: true,
      finishedMs: true,
      ref: true,
    },
  })
  const ordered = decided.sort(compareEvaluations)
  const ref = refOf(ordered, branch)
  const evaluations = ordered.filter((evaluation) => isOfRef(evaluation, ref))
  const shown = evaluations.at(-1) ?? null
  const running = await db.evaluation.findMany({
    where: { ...ofFeed, state: { in: ['queued', 'running'] }, number: { gt: shown?.number ?? -1 } },
    select: { id: true, ref: true, chainNumber: true, number: true },
  })
  const newer = running.filter((run) => isOfRef(run, ref) && (shown === null || compareEvaluations(run, shown) > 0))
  return { feed, ref, evaluations, shown, runningId: newer.sort(compareEvaluations).at(-1)?.id ?? null }
}

function isOfRef(evaluation: { readonly ref: string | null }, ref: string | null): boolean {
  return ref === null || evaluation.ref === null || evaluation.ref === ref
}

/** The newest ref, in version order, that the branch's glob matches; where none does, the ref of the newest evaluation. */
function refOf(ordered: readonly HistoryEvaluation[], branch: BranchConfig): string | null {
  const refs = [...new Set(ordered.flatMap(({ ref }) => ref ?? []))]
  return followedRef(refs, branch.ref) ?? ordered.findLast(({ ref }) => ref !== null)?.ref ?? null
}

/** Tells whether a stretch of history is still what it was: which evaluations, and as read when. */
export function hashOf(evaluations: readonly HistoryEvaluation[]): string {
  const hash = createHash('sha256')
  for (const { id, state, observedMs } of evaluations) hash.update(`${id} ${state} ${observedMs}\n`)
  return hash.digest('base64url')
}

/** What the cells of a feed stand on: its evaluations as read, the running one, the ref that is followed. */
export function builtOf({ evaluations, runningId, ref }: FeedHistory): string {
  return `${hashOf(evaluations)} ${runningId} ${ref}`
}

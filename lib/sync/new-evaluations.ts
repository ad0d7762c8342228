import 'server-only'
import type { Db } from '@/lib/db/client'
import { compareEvaluations } from '@/lib/domain/evaluation-order'
import type { FeedMark } from './event-state'

/** For how long newer evaluations wait for one that could not be read yet, before they are judged without it. */
const PATIENCE_MS = 3_600_000

/** A feed of a branch as it is stored, in the order of the configuration. */
export interface StoredFeed {
  readonly branch: string
  readonly feed: string
  readonly ref: string | null
  readonly built: string
}

/** An evaluation that is to be judged. */
export interface NewEvaluation {
  readonly id: number
  readonly feed: string
  readonly chainNumber: number
  readonly number: number
  readonly isComplete: boolean
  readonly error: string | null
  readonly atMs: number
  readonly observedMs: number | null
}

export interface NewOfFeed {
  /** Oldest first. */
  readonly evaluations: readonly NewEvaluation[]
  readonly mark: FeedMark
}

const NO_MARK: FeedMark = { built: '', last: null, waitingSinceMs: null }

/**
 * What of a feed was not judged yet: its finished evaluations after the mark, and the last one that was judged if its
 * results have changed since. What turns up later before the mark is history that nobody was told of, and stays so.
 */
export async function readNewOfFeed(
  db: Db,
  feed: StoredFeed,
  mark: FeedMark = NO_MARK,
  nowMs: number,
): Promise<NewOfFeed> {
  if (mark.built === feed.built && mark.waitingSinceMs === null) return { evaluations: [], mark }
  const { last } = mark
  const found = (await readFinished(db, feed, last?.chainNumber ?? 0)).filter(
    (one) => last === null || isNew(one, last),
  )
  const ordered = found.sort(compareEvaluations)
  const firstUnread = ordered.findIndex((one) => !one.isRead)
  const waitingSinceMs = firstUnread < 0 || firstUnread === ordered.length - 1 ? null : (mark.waitingSinceMs ?? nowMs)
  const isPatient = waitingSinceMs !== null && nowMs - waitingSinceMs < PATIENCE_MS
  const read = (isPatient ? ordered.slice(0, firstUnread) : ordered).filter(({ isRead }) => isRead)
  const newest = read.at(-1)
  return {
    evaluations: read,
    mark: { built: feed.built, last: newest === undefined ? last : pointOf(newest), waitingSinceMs },
  }
}

function isNew(one: NewEvaluation, last: NonNullable<FeedMark['last']>): boolean {
  return compareEvaluations(one, last) > 0 || (one.id === last.id && one.observedMs !== last.observedMs)
}

function pointOf({ id, chainNumber, number, observedMs }: NewEvaluation) {
  return { id, chainNumber, number, observedMs }
}

async function readFinished(db: Db, { branch, feed, ref }: StoredFeed, fromChain: number) {
  const at = feed.indexOf(' ')
  const stored = await db.evaluation.findMany({
    where: {
      branch,
      source: feed.slice(0, at),
      handler: { in: [feed.slice(at + 1), 'Config'] },
      isSuperseded: false,
      state: { in: ['finished', 'failed'] },
      chainNumber: { gte: fromChain },
      ...(ref === null ? {} : { OR: [{ ref: null }, { ref }] }),
    },
    select: {
      id: true,
      handler: true,
      chainNumber: true,
      number: true,
      isComplete: true,
      error: true,
      startedMs: true,
      finishedMs: true,
      observedMs: true,
    },
  })
  return stored.map(({ handler, startedMs, finishedMs, observedMs, ...rest }) => ({
    ...rest,
    feed,
    atMs: Number(finishedMs ?? startedMs),
    observedMs: observedMs === null ? null : Number(observedMs),
    // A failed Config job decides by being there: it has no results that could be read.
    isRead: observedMs !== null || handler === 'Config',
  }))
}

/** The evaluations of several feeds as one history: each feed keeps its order, and time decides between them. */
export function mergeByTime(feeds: readonly (readonly NewEvaluation[])[]): NewEvaluation[] {
  const timed = feeds.flatMap((evaluations) => {
    let timeMs = 0
    return evaluations.map((evaluation) => {
      timeMs = Math.max(timeMs, evaluation.atMs)
      return { evaluation, timeMs }
    })
  })
  return timed.sort((a, b) => a.timeMs - b.timeMs).map(({ evaluation }) => evaluation)
}

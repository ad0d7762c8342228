import 'server-only'
import type { Db } from '@/lib/db/client'
import { healthOf, type Status } from '@/lib/domain/status'
import { type Track, trackOf } from '@/lib/domain/track'
import { type FeedHistory, feedKey, type HistoryEvaluation, hashOf } from './feed-history'
import { type CellResult, foldEvaluation, type LaneKey, laneKey, readLanes } from './fold-history'

/** A cell as one feed sees it. */
export interface FeedCell {
  readonly key: LaneKey
  readonly status: Status
  readonly result: CellResult | null
  readonly track: Track
  readonly isChanged: boolean
}

export interface FeedView {
  readonly history: FeedHistory
  readonly cells: readonly FeedCell[]
  readonly base: FoldedBase
}

/** Tracks up to and without the evaluation shown, and how many evaluations they hold. */
export interface FoldedBase {
  readonly tracks: ReadonlyMap<LaneKey, Track>
  readonly foldedCount: number
  readonly foldedHash: string
  /** These very tracks are stored already. */
  readonly isStored: boolean
}

/**
 * Folds what is new in a feed's history into its tracks and applies the evaluation that is shown. Where the history
 * that was folded has changed since (backfill, rerun), it is folded anew.
 */
export async function rebuildFeed(
  db: Db,
  branch: string,
  history: FeedHistory,
  listed: readonly string[],
): Promise<FeedView> {
  const fold = folderOf(db, history, listed)
  const base = await foldBefore(db, { branch, feed: feedKey(history.feed) }, history, fold)
  const { shown } = history
  return { history, base, cells: shown === null ? [] : await applyShown(db, shown, base.tracks, fold) }
}

type Tracks = ReadonlyMap<LaneKey, Track>
type Fold = (tracks: Tracks, evaluation: HistoryEvaluation) => Promise<Tracks>

/** Before its first complete evaluation a branch knows no package but the listed ones. */
function folderOf(db: Db, history: FeedHistory, listed: readonly string[]): Fold {
  const keys = listed.map((row) => laneKey(row, ''))
  const firstComplete = history.evaluations.findIndex(({ isComplete }) => isComplete)
  const early = new Set(firstComplete < 0 ? history.evaluations : history.evaluations.slice(0, firstComplete))
  return async (tracks, evaluation) =>
    foldEvaluation(tracks, evaluation, await readLanes(db, evaluation.id), early.has(evaluation) ? keys : [])
}

async function foldBefore(
  db: Db,
  id: { branch: string; feed: string },
  history: FeedHistory,
  fold: Fold,
): Promise<FoldedBase> {
  const before = history.evaluations.slice(0, -1)
  const stored = await db.feed.findUnique({
    where: { branch_feed: id },
    select: { foldedCount: true, foldedHash: true },
  })
  const isSame = stored !== null && hashOf(before.slice(0, stored.foldedCount)) === stored.foldedHash
  const foldedCount = isSame ? stored.foldedCount : 0
  let tracks: Tracks = isSame ? await readTracks(db, id) : new Map()
  for (const evaluation of before.slice(foldedCount)) tracks = await fold(tracks, evaluation)
  const isStored = isSame && foldedCount === before.length
  return { tracks, foldedCount: before.length, foldedHash: hashOf(before), isStored }
}

async function readTracks(db: Db, id: { branch: string; feed: string }): Promise<Tracks> {
  const stored = await db.track.findMany({ where: id, select: { row: true, lane: true, track: true } })
  return new Map(stored.map(({ row, lane, track }) => [laneKey(row, lane), trackOf(track)]))
}

async function applyShown(db: Db, shown: HistoryEvaluation, base: Tracks, fold: Fold): Promise<FeedCell[]> {
  const lanes = await readLanes(db, shown.id)
  return [...(await fold(base, shown))].map(([key, track]) => {
    const status = track.strip.at(-1) ?? 'unknown'
    return { key, status, result: lanes.get(key) ?? null, track, isChanged: isChanged(base.get(key), status) }
  })
}

/** Did the health change at the evaluation shown? Undecided statuses are no news. */
function isChanged(before: Track | undefined, status: Status): boolean {
  const health = healthOf(status)
  const last = before?.sinceHealth ?? null
  return last !== null && health !== 'undecided' && health !== last
}

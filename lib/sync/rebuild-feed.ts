import 'server-only'
import type { BranchConfig } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { healthOf, type Status } from '@/lib/domain/status'
import { emptyTrack, type Track, trackOf } from '@/lib/domain/track'
import { type FeedHistory, type HistoryEvaluation, hashOf, readFeedHistory } from './feed-history'
import { type CellResult, foldEvaluation, type LaneKey, laneKey, readLanes } from './fold-history'

export interface FeedName {
  readonly source: string
  readonly handler: string
}

/** A cell as one feed sees it. */
export interface FeedCell {
  readonly key: LaneKey
  readonly status: Status
  readonly result: CellResult | null
  readonly track: Track
  readonly isChanged: boolean
}

export interface FeedView {
  readonly feed: FeedName
  readonly history: FeedHistory
  readonly shown: HistoryEvaluation | null
  readonly cells: readonly FeedCell[]
  /** Tracks up to and without the evaluation shown, and how many evaluations they hold. */
  readonly base: ReadonlyMap<LaneKey, Track>
  readonly foldedCount: number
  readonly foldedHash: string
}

export function feedKey(feed: FeedName): string {
  return `${feed.source} ${feed.handler}`
}

/**
 * Folds what is new in a feed's history into its tracks and applies the evaluation that is shown. Where the history
 * that was folded has changed since (backfill, rerun), it is folded anew.
 */
export async function rebuildFeed(
  db: Db,
  branch: BranchConfig,
  feed: FeedName,
  known: readonly string[],
): Promise<FeedView> {
  const history = await readFeedHistory(db, branch, feed)
  const shown = history.evaluations.at(-1) ?? null
  const before = history.evaluations.slice(0, -1)
  const base = await foldBefore(db, { branch: branch.name, feed: feedKey(feed) }, before)
  const cells = shown === null ? [] : await applyShown(db, shown, withKnown(base, before, known))
  return { feed, history, shown, cells, base, foldedCount: before.length, foldedHash: hashOf(before) }
}

async function foldBefore(
  db: Db,
  id: { branch: string; feed: string },
  before: readonly HistoryEvaluation[],
): Promise<ReadonlyMap<LaneKey, Track>> {
  const stored = await db.feed.findUnique({
    where: { branch_feed: id },
    select: { foldedCount: true, foldedHash: true },
  })
  const isSame = stored !== null && hashOf(before.slice(0, stored.foldedCount)) === stored.foldedHash
  let tracks: ReadonlyMap<LaneKey, Track> = isSame ? await readTracks(db, id) : new Map()
  for (const evaluation of before.slice(isSame ? stored.foldedCount : 0)) {
    tracks = foldEvaluation(tracks, evaluation, await readLanes(db, evaluation.id))
  }
  return tracks
}

async function readTracks(db: Db, id: { branch: string; feed: string }): Promise<ReadonlyMap<LaneKey, Track>> {
  const stored = await db.track.findMany({ where: id, select: { row: true, lane: true, track: true } })
  return new Map(stored.map(({ row, lane, track }) => [laneKey(row, lane), trackOf(track)]))
}

/** A branch whose very first evaluation fails as a whole knows no package but the listed ones. */
function withKnown(
  base: ReadonlyMap<LaneKey, Track>,
  before: readonly HistoryEvaluation[],
  known: readonly string[],
): ReadonlyMap<LaneKey, Track> {
  if (before.some(({ state }) => state === 'finished')) return base
  const listed = known.map((row): [LaneKey, Track] => [laneKey(row, ''), { ...emptyTrack, strip: ['unknown'] }])
  return new Map([...listed, ...base])
}

async function applyShown(db: Db, shown: HistoryEvaluation, base: ReadonlyMap<LaneKey, Track>): Promise<FeedCell[]> {
  const lanes = await readLanes(db, shown.id)
  return [...foldEvaluation(base, shown, lanes)].map(([key, track]) => {
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

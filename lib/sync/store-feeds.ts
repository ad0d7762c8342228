import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { builtOf, feedKey } from './feed-history'
import { rowOfLane } from './fold-history'
import type { FeedView, FoldedBase } from './rebuild-feed'

/** Replaces the feeds of a branch, and the tracks of those whose folded history has grown or changed. */
export async function storeFeeds(tx: Tx, branch: string, views: readonly FeedView[]): Promise<void> {
  const kept = views.flatMap(({ base, history }) => (base.isStored ? feedKey(history.feed) : []))
  await tx.feed.deleteMany({ where: { branch } })
  await tx.track.deleteMany({ where: { branch, feed: { notIn: kept } } })
  for (const [place, { history, base }] of views.entries()) {
    await tx.feed.create({
      data: {
        branch,
        feed: feedKey(history.feed),
        place,
        ref: history.ref,
        evaluationId: history.shown?.id ?? null,
        runningId: history.runningId,
        foldedCount: base.foldedCount,
        foldedHash: base.foldedHash,
        built: builtOf(history),
      },
    })
    if (!base.isStored) await storeTracks(tx, { branch, feed: feedKey(history.feed) }, base)
  }
}

async function storeTracks(tx: Tx, { branch, feed }: { branch: string; feed: string }, base: FoldedBase) {
  const rows = [...base.tracks].map(([key, track]) => {
    const { row, lane } = rowOfLane(key)
    return [branch, feed, row, lane, JSON.stringify(track)]
  })
  const columns = ['branch', 'feed', 'row', 'lane', 'track']
  await insertRows(tx, { table: 'Track', columns, rows, onConflict: 'ignore' })
}

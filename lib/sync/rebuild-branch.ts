import 'server-only'
import type { BranchConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { countBranch } from './branch-counts'
import { readFeeds } from './branch-feeds'
import { type SyncContext, writeFenced } from './context'
import { builtOf, type FeedHistory, feedKey, readFeedHistory } from './feed-history'
import { noteFact } from './note-fact'
import { type FeedView, rebuildFeed } from './rebuild-feed'
import { storeCells } from './store-cells'
import { storeFeeds } from './store-feeds'
import { storeReadiness } from './store-readiness'

/** Rebuilds the cells of one branch from its feeds; where what they were built from still holds, only readiness. */
export async function rebuildBranch(context: SyncContext, branch: BranchConfig): Promise<void> {
  const histories = await readHistories(context, branch)
  if (await isBuilt(context, branch.name, histories)) {
    await writeFenced(context, async (tx) => {
      if (await storeReadiness(tx, branch.name)) await noteFact(tx, context.now())
    })
    return
  }
  const { db, config } = context
  const listed = config.packages.map(({ name }) => name)
  const views: FeedView[] = []
  for (const history of histories) views.push(await rebuildFeed(db, branch.name, history, listed))
  const counts = await countBranch(db, histories)
  await writeFenced(context, async (tx) => {
    await storeFeeds(tx, branch.name, views)
    await storeCells(tx, branch.name, views)
    await storeCounts(tx, branch.name, JSON.stringify(counts))
    await storeReadiness(tx, branch.name)
    await noteFact(tx, context.now())
  })
}

/** In the order of the configuration; a feed that has nothing to show yet cannot make the column. */
async function readHistories({ db, config }: SyncContext, branch: BranchConfig): Promise<FeedHistory[]> {
  const histories: FeedHistory[] = []
  for (const feed of await readFeeds(db, config, branch.name)) histories.push(await readFeedHistory(db, branch, feed))
  return histories.sort((a, b) => Number(a.shown === null) - Number(b.shown === null))
}

async function isBuilt({ db }: SyncContext, branch: string, histories: readonly FeedHistory[]): Promise<boolean> {
  const stored = await db.feed.findMany({ where: { branch }, select: { feed: true, place: true, built: true } })
  if (stored.length !== histories.length) return false
  return histories.every((history, place) =>
    stored.some((one) => one.feed === feedKey(history.feed) && one.place === place && one.built === builtOf(history)),
  )
}

async function storeCounts(tx: Tx, branch: string, counts: string): Promise<void> {
  await tx.branchState.upsert({
    where: { branch },
    create: { branch, counts, ready: 0, packages: 0 },
    update: { counts },
  })
}

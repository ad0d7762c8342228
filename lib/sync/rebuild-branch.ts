import 'server-only'
import type { BranchConfig } from '@/lib/config/schema'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { statusCode } from '@/lib/domain/status'
import { countBranch } from './branch-counts'
import { readFeeds } from './branch-feeds'
import { type SyncContext, writeFenced } from './context'
import { type LaneKey, rowOfLane } from './fold-history'
import { noteFact } from './note-fact'
import { type FeedCell, type FeedView, feedKey, rebuildFeed } from './rebuild-feed'
import { storeReadiness } from './store-readiness'

/** A cell and the feed that decides it. */
interface DecidedCell {
  readonly cell: FeedCell
  readonly view: FeedView
}

/** Rebuilds the cells of one branch from its feeds; where what they were built from still holds, only readiness. */
export async function rebuildBranch(context: SyncContext, branch: BranchConfig): Promise<void> {
  const { db, config } = context
  const feeds = await readFeeds(db, config, branch.name)
  const listed = config.packages.map(({ name }) => name)
  const views: FeedView[] = []
  for (const feed of feeds) views.push(await rebuildFeed(db, branch, feed, listed))
  if (await isBuilt(context, branch.name, views)) {
    await writeFenced(context, (tx) => storeReadiness(tx, branch.name))
    return
  }
  const counts = await countBranch(db, views)
  await writeFenced(context, async (tx) => {
    await storeFeeds(tx, branch.name, views)
    await storeCells(tx, branch.name, decide(views))
    const state = { counts: JSON.stringify(counts) }
    await tx.branchState.upsert({
      where: { branch: branch.name },
      create: { branch: branch.name, ...state, ready: 0, packages: 0 },
      update: state,
    })
    await storeReadiness(tx, branch.name)
    await noteFact(tx, context.now())
  })
}

/** What the cells of a feed stand on: the folded history, the evaluation shown as read, and the running one. */
function builtOf(view: FeedView): string {
  const { foldedHash, shown, history } = view
  return `${foldedHash} ${shown?.id} ${shown?.state} ${shown?.observedMs} ${history.runningId} ${history.ref}`
}

async function isBuilt(context: SyncContext, branch: string, views: readonly FeedView[]): Promise<boolean> {
  const stored = await context.db.feed.findMany({ where: { branch }, select: { feed: true, place: true, built: true } })
  if (stored.length !== views.length) return false
  return views.every((view, place) =>
    stored.some((one) => one.feed === feedKey(view.feed) && one.place === place && one.built === builtOf(view)),
  )
}

/** Each cell is the first feed's that has it; where all lack it, the first feed's that ever had it. */
function decide(views: readonly FeedView[]): ReadonlyMap<LaneKey, DecidedCell> {
  const decided = new Map<LaneKey, DecidedCell>()
  for (const view of views) {
    for (const cell of view.cells) {
      const known = decided.get(cell.key)
      if (known === undefined || (known.cell.status === 'absent' && cell.status !== 'absent')) {
        decided.set(cell.key, { cell, view })
      }
    }
  }
  return decided
}

async function storeFeeds(tx: Tx, branch: string, views: readonly FeedView[]): Promise<void> {
  await tx.feed.deleteMany({ where: { branch } })
  await tx.track.deleteMany({ where: { branch } })
  for (const [place, view] of views.entries()) {
    const feed = feedKey(view.feed)
    await tx.feed.create({
      data: {
        branch,
        feed,
        place,
        ref: view.history.ref,
        evaluationId: view.shown?.id ?? null,
        runningId: view.history.runningId,
        foldedCount: view.foldedCount,
        foldedHash: view.foldedHash,
        built: builtOf(view),
      },
    })
    const rows = [...view.base].map(([key, track]) => {
      const { row, lane } = rowOfLane(key)
      return [branch, feed, row, lane, JSON.stringify(track)]
    })
    await insertRows(tx, {
      table: 'Track',
      columns: ['branch', 'feed', 'row', 'lane', 'track'],
      rows,
      onConflict: 'ignore',
    })
  }
}

const CELL_COLUMNS = [
  'branch',
  'row',
  'lane',
  'system',
  'variant',
  'place',
  'evaluationId',
  'attributeId',
  'derivationId',
  'status',
  'judgement',
  'isReady',
  'isChanged',
  'sinceId',
  'undecidedSinceId',
  'lastGoodId',
  'lastReadyId',
  'strip',
] as const

async function storeCells(tx: Tx, branch: string, decided: ReadonlyMap<LaneKey, DecidedCell>): Promise<void> {
  const rows = [...decided].flatMap(([key, { cell, view }]) =>
    view.shown === null ? [] : [toRow(branch, key, cell, view.shown.id)],
  )
  await tx.cell.deleteMany({ where: { branch } })
  await insertRows(tx, { table: 'Cell', columns: CELL_COLUMNS, rows, onConflict: 'ignore' })
}

/** Readiness is filled in afterwards (store-readiness.ts): it changes without any new evaluation. */
function toRow(branch: string, key: LaneKey, { status, result, track, isChanged }: FeedCell, evaluationId: number) {
  const { row, lane } = rowOfLane(key)
  const [system, variant] = result === null ? namesOf(lane) : [result.system, result.variant]
  return [
    branch,
    row,
    lane,
    system,
    variant,
    result?.position ?? Number.MAX_SAFE_INTEGER % 2 ** 31,
    evaluationId,
    result?.attributeId ?? null,
    result?.derivationId ?? null,
    statusCode(status),
    result?.judgement ?? 0,
    false,
    isChanged,
    track.since?.evaluation ?? null,
    track.undecidedSince?.evaluation ?? null,
    track.lastGood?.evaluation ?? null,
    null,
    track.strip.map(statusCode).join(','),
  ]
}

function namesOf(lane: string): [string | null, string | null] {
  const [system = '', variant = ''] = lane.split(' ')
  return [system || null, variant || null]
}

import 'server-only'
import type { BranchConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { toEvents } from './branch-events'
import { type SyncContext, writeFenced } from './context'
import { emptyEventState, packEventState, readEventState, storeEventState } from './event-state'
import { findEvictions } from './evictions'
import { findFreshnessChange } from './freshness-change'
import { type JudgeRules, judgeHealth } from './judge-health'
import { keyEvents } from './key-events'
import { noteFact } from './note-fact'
import { readSettle, settleBreakages } from './settle-causes'
import { storeEvents } from './store-events'

/**
 * Tells what has become of the health of each branch since that was told last, in one transaction with how far it was
 * judged. What was told stands: an evaluation that a rerun replaces later is answered by what the rerun shows.
 */
export async function judgeEvents(context: SyncContext): Promise<void> {
  const settle = await readSettle(context.db)
  const decoding = (await context.db.meta.findUnique({ where: { key: 'configuration: attributes' } }))?.value ?? ''
  for (const branch of context.config.branches) await judgeBranch(context, branch, { settle, decoding })
}

async function judgeBranch(context: SyncContext, branch: BranchConfig, rules: JudgeRules): Promise<void> {
  const { db, config } = context
  const stored = await readEventState(db, branch.name)
  const feeds = await db.feed.findMany({ where: { branch: branch.name }, orderBy: { place: 'asc' } })
  const before = stored ?? emptyEventState(rules.decoding)
  const settled = settleBreakages(before.health.breakages, rules.settle)
  const state = { ...before, health: { ...before.health, breakages: settled.breakages } }
  const judged = await judgeHealth(context, { state, feeds, rules })
  const evictions = await findEvictions(db, { config, branch: branch.name }, state.evicted)
  const freshness = await findFreshnessChange(db, branch, { wasStale: state.isStale, now: context.now() })
  const after = packEventState({
    ...judged.state,
    decoding: rules.decoding,
    evicted: evictions.evicted,
    isStale: freshness.isStale,
  })
  const isSame = stored !== null && packEventState(stored) === after
  if (isSame) return
  const changes = await toEvents(db, { config, branch: branch.name }, judged.changes)
  const events = [...changes, ...evictions.events, ...freshness.events]
  await writeFenced(context, async (tx) => {
    await renameCauses(tx, settled.renamed)
    const told = await storeEvents(tx, config, await keyEvents(tx, events), context.now())
    await storeEventState(tx, branch.name, after)
    if (told.length > 0) await noteFact(tx, context.now())
  })
}

async function renameCauses(tx: Tx, renamed: ReadonlyMap<string, string>): Promise<void> {
  for (const [from, to] of renamed) await tx.event.updateMany({ where: { causeKey: from }, data: { causeKey: to } })
}

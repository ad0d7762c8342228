import 'server-only'
import type { BranchConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { fromMs } from '@/lib/db/time'
import { freshnessOf } from '@/lib/domain/freshness'
import { PLAIN_EVENT } from './branch-events'
import type { UnkeyedEvent } from './event-key'

export interface FreshnessChange {
  readonly events: readonly UnkeyedEvent[]
  readonly isStale: boolean | null
}

const HOUR_MS = 3_600_000

/**
 * Has the branch become stale, or fresh again, since that was told? A branch that was never seen says neither; one that
 * is fresh when first seen is no news.
 */
export async function findFreshnessChange(
  tx: Tx,
  branch: BranchConfig,
  { wasStale, now }: { readonly wasStale: boolean | null; readonly now: Date },
): Promise<FreshnessChange> {
  const facts = await readFacts(tx, branch)
  if (facts === null) return { events: [], isStale: wasStale }
  const { evaluation, nixpkgsRevision, ...dates } = facts
  const { freshness, reasons } = freshnessOf({ ...dates, now, limits: branch })
  if (freshness === 'never') return { events: [], isStale: wasStale }
  const isStale = freshness === 'stale'
  if (isStale === (wasStale ?? false)) return { events: [], isStale }
  const limitMs = branch.staleAfterHours * HOUR_MS
  const times = {
    'evaluation-old': passed(dates.evaluationAt, limitMs, now),
    'source-unread': passed(dates.sourceReadAt, limitMs, now),
    behind: now.getTime(),
  }
  const atMs = isStale ? Math.min(...reasons.map((reason) => times[reason])) : now.getTime()
  const kind = isStale ? 'stale' : 'recovered'
  return {
    events: [{ ...PLAIN_EVENT, kind, branch: branch.name, evaluation, nixpkgsRevision, reasons, atMs }],
    isStale,
  }
}

function passed(time: Date | null, limitMs: number, now: Date): number {
  return Math.min(now.getTime(), (time?.getTime() ?? now.getTime()) + limitMs)
}

/** What the branch's head stands on, as it is shown; null while nothing is shown. */
async function readFacts(tx: Tx, branch: BranchConfig) {
  const feed = await tx.feed.findFirst({ where: { branch: branch.name, place: 0 } })
  const shown = await tx.evaluation.findFirst({ where: { id: feed?.evaluationId ?? -1 } })
  if (shown === null) return null
  const head = await tx.upstreamBranch.findUnique({ where: { ref: feed?.ref ?? branch.ref } })
  const source = await tx.sourceState.findUnique({ where: { source: shown.source } })
  return {
    evaluation: shown.key,
    nixpkgsRevision: shown.nixpkgsRevision,
    // Where the source does not tell the end yet (effects that hang), the start: rather too old than too fresh.
    evaluationAt: fromMs(shown.finishedMs ?? shown.startedMs),
    nixpkgsDate: fromMs(shown.nixpkgsDateMs),
    upstreamDate: fromMs(head?.dateMs ?? null),
    sourceReadAt: fromMs(source?.readMs ?? null),
  }
}

export type StaleReason = 'evaluation-old' | 'behind' | 'source-unread'

export interface FreshnessFacts {
  /** When the newest finished evaluation finished. */
  readonly evaluationAt: Date | null
  readonly nixpkgsDate: Date | null
  /** Date of the head of the upstream branch. */
  readonly upstreamDate: Date | null
  readonly sourceReadAt: Date | null
  readonly now: Date
  readonly limits: { readonly staleAfterHours: number; readonly staleBehindDays: number }
}

export interface Freshness {
  readonly freshness: 'fresh' | 'stale' | 'never'
  /** Why it is stale; empty otherwise. */
  readonly reasons: readonly StaleReason[]
  /** Days between the nixpkgs revision and the head upstream, never negative; null when either is unknown. */
  readonly behindDays: number | null
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How far a branch's facts can be relied on: no data is not green, and neither is old data. */
export function freshnessOf(facts: FreshnessFacts): Freshness {
  const behindDays = behindOf(facts)
  if (facts.evaluationAt === null) return { freshness: 'never', reasons: [], behindDays }
  const oldMs = facts.limits.staleAfterHours * HOUR_MS
  const reasons: StaleReason[] = []
  if (isOlder(facts.evaluationAt, facts.now, oldMs)) reasons.push('evaluation-old')
  if (behindDays !== null && behindDays > facts.limits.staleBehindDays) reasons.push('behind')
  if (facts.sourceReadAt === null || isOlder(facts.sourceReadAt, facts.now, oldMs)) reasons.push('source-unread')
  return { freshness: reasons.length === 0 ? 'fresh' : 'stale', reasons, behindDays }
}

function behindOf({ nixpkgsDate, upstreamDate }: FreshnessFacts): number | null {
  if (nixpkgsDate === null || upstreamDate === null) return null
  return Math.max(0, (upstreamDate.getTime() - nixpkgsDate.getTime()) / DAY_MS)
}

function isOlder(time: Date, now: Date, limitMs: number): boolean {
  // Written so that a time that is none counts as old.
  return !(now.getTime() - time.getTime() <= limitMs)
}

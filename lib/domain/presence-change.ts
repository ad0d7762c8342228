import type { Presence } from './presence'

/** What a cache said of an output this time, after signatures were checked. */
export type Finding = 'verified' | 'untrusted' | 'absent' | 'unreachable'

export interface KnownPresence {
  readonly presence: Presence
  readonly firstSeenMs: number | null
  readonly lastSeenMs: number | null
  readonly missingSinceMs: number | null
  readonly checkedMs: number | null
  /** The last real answer: what was known before the cache became unreachable. */
  readonly lastPresence: Presence | null
  readonly lastCheckedMs: number | null
}

/** Was the output ever `cached` here? Then its absence is an eviction, not a gap. */
function wasCached(known: KnownPresence | null): boolean {
  return known !== null && known.firstSeenMs !== null
}

/**
 * The presence that follows from what was known and what was found now (design: cache presence). Only `verified`
 * makes or keeps an output cached; an unreachable cache keeps the last real answer beside it.
 */
export function nextPresence(known: KnownPresence | null, finding: Finding, nowMs: number): KnownPresence {
  if (finding === 'unreachable') return unreachableAfter(known, nowMs)
  const presence = presenceOfFinding(finding, wasCached(known))
  const isSeen = presence === 'cached'
  const isMissing = presence === 'missing' || presence === 'evicted'
  return {
    presence,
    firstSeenMs: isSeen ? (known?.firstSeenMs ?? nowMs) : (known?.firstSeenMs ?? null),
    lastSeenMs: isSeen ? nowMs : (known?.lastSeenMs ?? null),
    missingSinceMs: isMissing ? (known?.missingSinceMs ?? nowMs) : null,
    checkedMs: nowMs,
    lastPresence: presence,
    lastCheckedMs: nowMs,
  }
}

function presenceOfFinding(finding: Exclude<Finding, 'unreachable'>, wasSeen: boolean): Presence {
  if (finding === 'verified') return 'cached'
  if (finding === 'untrusted') return 'untrusted'
  return wasSeen ? 'evicted' : 'missing'
}

function unreachableAfter(known: KnownPresence | null, nowMs: number): KnownPresence {
  return {
    presence: 'unreachable',
    firstSeenMs: known?.firstSeenMs ?? null,
    lastSeenMs: known?.lastSeenMs ?? null,
    missingSinceMs: known?.missingSinceMs ?? null,
    checkedMs: nowMs,
    lastPresence: known?.lastPresence ?? null,
    lastCheckedMs: known?.lastCheckedMs ?? null,
  }
}

/** What is known of the narinfo of an output that a cache has but that is not trusted. */
export interface DoubtedNarinfo {
  /** When it was last read. */
  readonly narinfoMs: number | null
  /** Since when those that are read are not trusted. */
  readonly untrustedMs: number | null
}

/**
 * When the narinfo may be read again: after the configured pause, and no sooner than after the time that it has been
 * doubted already. So the pauses double: a cache evicts what was accessed least recently, and steady readings would
 * keep alive whatever a wrong key makes untrusted.
 */
export function nextReadingMs({ narinfoMs, untrustedMs }: DoubtedNarinfo, recheckMs: number): number {
  if (narinfoMs === null || untrustedMs === null) return Number.NEGATIVE_INFINITY
  return narinfoMs + Math.max(recheckMs, narinfoMs - untrustedMs)
}

/** What about a cache's published keys a person must look at. */
export const KEY_ALARMS = ['changed', 'configured-not-published', 'published-not-configured'] as const
export type KeyAlarmKind = (typeof KEY_ALARMS)[number]

export interface KeyAlarm {
  readonly kind: KeyAlarmKind
  /** The keys that it is about: of a change, those that came or went. */
  readonly keys: readonly string[]
}

export interface KeyFacts {
  readonly configured: readonly string[]
  /** Null: never read. */
  readonly published: readonly string[] | null
  /** The newest change that was seen, if any. */
  readonly change: {
    readonly atMs: number
    readonly before: readonly string[]
    readonly after: readonly string[]
  } | null
  readonly nowMs: number
}

/** So long a change is told although the configuration agrees with what is published again. */
const CHANGE_TOLD_MS = 30 * 86_400_000

/** A key set in one order and without repeats: order and repeats have no meaning. */
export function keySet(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort()
}

/**
 * Alarms, worst first. A changed set stays an alarm until a person has brought the configuration in line with it, and
 * for thirty days in any case: whoever can publish a key can make users trust it.
 */
export function keyAlarms({ configured, published, change, nowMs }: KeyFacts): KeyAlarm[] {
  if (published === null) return []
  const lacking = without(configured, published)
  const unknown = without(published, configured)
  const isOpen = lacking.length + unknown.length > 0
  const isTold = change !== null && (isOpen || nowMs - change.atMs < CHANGE_TOLD_MS)
  const moved = isTold ? [...without(change.after, change.before), ...without(change.before, change.after)] : []
  const alarms: KeyAlarm[] = [
    { kind: 'changed', keys: keySet(moved) },
    { kind: 'configured-not-published', keys: lacking },
    { kind: 'published-not-configured', keys: unknown },
  ]
  return alarms.filter(({ keys }) => keys.length > 0)
}

function without(keys: readonly string[], others: readonly string[]): string[] {
  return keySet(keys.filter((key) => !others.includes(key)))
}

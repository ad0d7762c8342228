import { STATUSES, type Status } from './status'

/** What may become of the health of a branch. Stored words: only ever added. */
export const EVENT_KINDS = ['broke', 'fixed', 'evicted', 'stale', 'recovered'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** The root cause of a breakage, as a feed and a receiver of notifications know it. */
export interface EventCause {
  /** The key of its triage: the same over versions, evaluations and branches. */
  readonly key: string
  /** With version; of what does not evaluate, the masked message. */
  readonly name: string
  /** Store path; null for what does not evaluate. */
  readonly derivation: string | null
  readonly status: Status
}

/**
 * One change of the health of a branch that is told: one per root cause, not per package. A told event is a fact: it is
 * stored once, under a key that does not depend on who computes it, and is never changed or deleted.
 */
export interface HealthEvent {
  readonly key: string
  readonly kind: EventKind
  readonly branch: string
  /** Null for what has no root cause: evicted, stale, recovered. */
  readonly cause: EventCause | null
  /** Rows it concerns, headline packages first: that broke, build again, or were evicted. */
  readonly packages: readonly string[]
  /**
   * Rows that the cause breaks beside them. A cause breaks one more package: those it had broken before. A package builds
   * again: those it still breaks; none when the cause is gone from the branch.
   */
  readonly alsoBroken: readonly string[]
  /** Of `fixed`: rows that the cause had broken and that other causes break now. */
  readonly stillBroken: readonly string[]
  /** Key of the evaluation in which it was first seen. */
  readonly evaluation: string | null
  readonly nixpkgsRevision: string | null
  /** Of `broke`: key of the newest evaluation before that shows packages without this cause; null where none is known. */
  readonly before: string | null
  /** Packages that it concerns in some of their systems and variants alone, and in which. */
  readonly partly: readonly { readonly package: string; readonly lanes: readonly string[] }[]
  /** Words of `stale`: why. */
  readonly reasons: readonly string[]
  /** When it became so: that evaluation finished, the caches were asked, the branch became too old. */
  readonly atMs: number
}

/** An event as it is stored: its words may be those of a later version. */
export interface StoredHealthEvent extends Omit<HealthEvent, 'kind' | 'cause'> {
  readonly kind: string
  readonly cause: (Omit<EventCause, 'status'> & { readonly status: string }) | null
}

/** The event behind a stored one; null for a kind that this version does not know. */
export function toHealthEvent(stored: StoredHealthEvent): HealthEvent | null {
  const kind = EVENT_KINDS.find((one) => one === stored.kind)
  if (kind === undefined) return null
  const { cause } = stored
  const status = STATUSES.find((one) => one === cause?.status) ?? 'unknown'
  return { ...stored, kind, cause: cause === null ? null : { ...cause, status } }
}

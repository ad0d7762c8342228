import { matchesGlob } from './glob'
import type { EventKind, HealthEvent } from './health-event'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A notice that did not arrive within this time is given up. */
export const GIVE_UP_AFTER_MS = 3 * DAY_MS
/** How often a notice is sent to who refuses it for good. */
export const REFUSALS_MAX = 5
/** Waits between attempts: doubling from the first to the longest. */
export const DELIVERY_WAITS = { firstMs: 30_000, longestMs: HOUR_MS }
/** The longest wait that a receiver may wish for. */
export const WISH_MAX_MS = 6 * HOUR_MS
/** What happened longer before a receiver was first configured is not told to it. */
export const PAST_TOLD_MS = DAY_MS
/** How long it is remembered what was sent. */
export const DELIVERIES_KEPT_MS = 30 * DAY_MS

/** What a receiver wants to be told of: globs over branches and packages. */
export interface Interest {
  readonly branches: readonly string[]
  readonly packages: readonly string[]
  readonly kinds: readonly EventKind[]
}

/** The event with those packages alone that somebody wants to be told of; null when there is nothing to tell. */
export function narrowEvent(event: HealthEvent, interest: Interest): HealthEvent | null {
  if (!interest.kinds.includes(event.kind) || !matchesAny(interest.branches, event.branch)) return null
  // Of the branch as a whole.
  if (event.packages.length === 0) return event
  const isWanted = (name: string) => matchesAny(interest.packages, name)
  const packages = event.packages.filter(isWanted)
  if (packages.length === 0) return null
  return {
    ...event,
    packages,
    alsoBroken: event.alsoBroken.filter(isWanted),
    stillBroken: event.stillBroken.filter(isWanted),
    partly: event.partly.filter((one) => isWanted(one.package)),
  }
}

/** Is a row of a branch what somebody wants to be told of? */
export function isOfInterest({ branches, packages }: Interest, cell: { branch: string; row: string }): boolean {
  return matchesAny(branches, cell.branch) && matchesAny(packages, cell.row)
}

export interface FailedDelivery {
  /** Attempts so far, the failed one too. */
  readonly attempts: number
  readonly queuedMs: number
  readonly nowMs: number
  /** Who got it says never, not "not now". */
  readonly isRefused: boolean
  /** When the receiver wants to be asked again, where it said so. */
  readonly retryMs: number | null
  /** How long we would wait by ourselves. */
  readonly waitMs: number
}

/** When to send again what did not arrive; null: never. */
export function nextAttemptMs(failed: FailedDelivery): number | null {
  if (failed.isRefused && failed.attempts >= REFUSALS_MAX) return null
  // A proxy that says "in a week" for a minute must not lose what is sent within that minute.
  const wishedMs = Math.min(failed.retryMs ?? 0, failed.nowMs + WISH_MAX_MS)
  const nextMs = Math.max(failed.nowMs + failed.waitMs, wishedMs)
  return nextMs > failed.queuedMs + GIVE_UP_AFTER_MS ? null : nextMs
}

function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => matchesGlob(glob, text))
}

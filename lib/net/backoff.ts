import 'server-only'
import type { Fault } from './fault'

const WITHIN_REQUEST: WaitBounds = { firstMs: 250, longestMs: 120_000 }

/** The longest wait that a host may ask for and get; beyond it the caller is told when to come back. */
export const OBEYED_WAIT_MAX_MS = 60_000

export interface WaitBounds {
  readonly firstMs: number
  readonly longestMs: number
}

/** Doubles with each failed attempt up to the longest, give or take a half. `random` is in [0, 1). */
export function backoffMs(failedAttempts: number, random: number, { firstMs, longestMs }: WaitBounds): number {
  return Math.round(Math.min(longestMs, firstMs * 2 ** (failedAttempts - 1)) * (0.5 + random))
}

/** Milliseconds before the next attempt, or null when there is to be none. `random` is in [0, 1). */
export function waitBefore(fault: Fault, failedAttempts: number, time: { now: Date; random: number }): number | null {
  if (!fault.mayRetry) return null
  if (fault.retryAt === null) {
    return backoffMs(failedAttempts, time.random, WITHIN_REQUEST)
  }
  const asked = Math.max(0, fault.retryAt.getTime() - time.now.getTime())
  return asked > OBEYED_WAIT_MAX_MS ? null : asked
}

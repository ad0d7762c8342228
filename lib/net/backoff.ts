import 'server-only'
import type { Fault } from './fault'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 120_000

/** The longest wait that a host may ask for and get; beyond it the caller is told when to come back. */
export const OBEYED_WAIT_MAX_MS = 60_000

/** Milliseconds before the next attempt, or null when there is to be none. `random` is in [0, 1). */
export function waitBefore(fault: Fault, failedAttempts: number, time: { now: Date; random: number }): number | null {
  if (!fault.mayRetry) return null
  if (fault.retryAt === null) {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failedAttempts - 1))
    return Math.round(wait * (0.5 + time.random))
  }
  const asked = Math.max(0, fault.retryAt.getTime() - time.now.getTime())
  return asked > OBEYED_WAIT_MAX_MS ? null : asked
}

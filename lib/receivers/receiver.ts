import 'server-only'
import type { HealthEvent } from '@/lib/domain/health-event'

/** What a receiver is told. All of it is third-party text: each receiver escapes it its own way. */
export interface Notice {
  /** The same over all attempts, so that whoever gets it twice can tell. Letters, digits, `-` and `_`. */
  readonly id: string
  /** Null: a test, which tells of nothing. */
  readonly event: HealthEvent | null
  readonly title: string
  readonly lines: readonly string[]
  /** Where the dashboard tells more. */
  readonly url: string
  readonly at: Date
  /** An earlier attempt was begun, and may have arrived. */
  readonly isRepeat: boolean
  /** Of the root cause, as it is now. */
  readonly cause: CauseNow
}

export interface CauseNow {
  /** Does it still break something that this receiver is told of, on any branch? */
  readonly isBroken: boolean
  /** The issue that this receiver keeps for it, where it has one. */
  readonly issue: KnownIssue | null
}

export interface KnownIssue {
  readonly number: number
  readonly isOpen: boolean
}

/** Somebody to notify. */
export interface Receiver {
  readonly id: string
  /** Milliseconds to leave between two notices. */
  readonly pauseMs: number
  /**
   * Tells it once: resolves when the receiver has taken it, to the issue that it keeps for the cause from now on. Throws
   * `UpstreamError`, whose reason holds no secret; sending it again is up to the caller.
   */
  send(notice: Notice): Promise<KnownIssue | null>
}

/** Until the headers of an answer are there. */
export const SEND_TIMEOUT_MS = 15_000

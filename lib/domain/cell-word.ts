import type { Presence } from './presence'
import type { Status } from './status'

/** The marks of the matrix, each a shape of its own (ui.md). */
export const MARKS = [
  'ready',
  'built-not-cached',
  'built-evicted',
  'built-untrusted',
  'built-unknown',
  'failed',
  'blocked',
  'timed-out',
  'evaluation-failed',
  'building',
  'queued',
  'cancelled',
  'unknown',
  'absent',
] as const
export type Mark = (typeof MARKS)[number]

export interface CellFacts {
  readonly status: Status
  readonly isReady: boolean
  /** The worst presence among the outputs that are needed. */
  readonly presence: Presence
  /** Name of the first root cause, without version, or null. */
  readonly cause: string | null
}

const LACKS = {
  untrusted: 'untrusted cache',
  unreachable: 'cache unknown',
  unchecked: 'cache unknown',
  evicted: 'evicted',
  missing: 'not cached',
} as const satisfies Record<Exclude<Presence, 'cached'>, string>

const BUILT: Record<Presence, { mark: Mark; word: string }> = {
  // Cached, and yet not ready: its success comes of swapping, or readiness was not judged yet.
  cached: { mark: 'built-unknown', word: 'built' },
  untrusted: { mark: 'built-untrusted', word: `built, ${LACKS.untrusted}` },
  unreachable: { mark: 'built-unknown', word: `built, ${LACKS.unreachable}` },
  unchecked: { mark: 'built-unknown', word: `built, ${LACKS.unchecked}` },
  evicted: { mark: 'built-evicted', word: `built, ${LACKS.evicted}` },
  missing: { mark: 'built-not-cached', word: `built, ${LACKS.missing}` },
}

/** Why what is built is not ready, by itself: "12 evicted". */
export function unreadyWord(lack: keyof typeof LACKS): string {
  return LACKS[lack]
}

const OTHERS: Record<Exclude<Status, 'succeeded' | 'dependency-failed'>, { mark: Mark; word: string }> = {
  failed: { mark: 'failed', word: 'failed' },
  'timed-out': { mark: 'timed-out', word: 'timed out' },
  'evaluation-failed': { mark: 'evaluation-failed', word: 'does not evaluate' },
  building: { mark: 'building', word: 'building' },
  queued: { mark: 'queued', word: 'queued' },
  cancelled: { mark: 'cancelled', word: 'cancelled' },
  unknown: { mark: 'unknown', word: 'unknown' },
  absent: { mark: 'absent', word: 'not in this set' },
}

/** The mark and the word of a cell. `ready` is said of nothing that is not. */
export function cellWord({ status, isReady, presence, cause }: CellFacts): { mark: Mark; word: string } {
  if (status === 'succeeded') return isReady ? { mark: 'ready', word: 'ready' } : BUILT[presence]
  if (status === 'dependency-failed') {
    return { mark: 'blocked', word: cause === null ? 'blocked by a dependency' : `blocked by ${cause}` }
  }
  return OTHERS[status]
}

/** The word of a status by itself, where no cache and no cause are in question: "12 succeeded, 2 blocked". */
export function statusWord(status: Status): string {
  if (status === 'succeeded') return 'succeeded'
  return status === 'dependency-failed' ? 'blocked' : OTHERS[status].word
}

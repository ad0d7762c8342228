import 'server-only'
import type { UpstreamErrorKind } from './errors'

/** Why one attempt brought no answer, and whether another one may. */
export interface Fault {
  readonly kind: UpstreamErrorKind
  readonly reason: string
  readonly mayRetry: boolean
  /** When the host wants to be asked again, where it said so. */
  readonly retryAt: Date | null
  readonly cause?: unknown
}

const KIND_BY_STATUS: ReadonlyMap<number, UpstreamErrorKind> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [408, 'timeout'],
  [410, 'not-found'],
])
// Server errors that say "never", not "not now".
const FINAL_SERVER_ERRORS: ReadonlySet<number> = new Set([501, 505, 511])

/** What a status that the caller did not accept means. */
export function faultOfStatus(status: number, headers: Headers, now: Date): Fault {
  const retryAt = retryAtOf(headers, now)
  if (isRateLimited(status, headers)) {
    return { kind: 'rate-limited', reason: `asked too often (HTTP ${status})`, mayRetry: true, retryAt }
  }
  const isServerError = status >= 500
  const kind = KIND_BY_STATUS.get(status) ?? (isServerError ? 'unavailable' : 'invalid-response')
  const mayRetry = status === 408 || (isServerError && !FINAL_SERVER_ERRORS.has(status))
  return { kind, reason: `answered HTTP ${status}`, mayRetry, retryAt }
}

// GitHub says 403 where others say 429, for its hourly budget and (with Retry-After) for bursts.
function isRateLimited(status: number, headers: Headers): boolean {
  if (status === 429) return true
  return status === 403 && (headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after'))
}

/** The time named by Retry-After (RFC 9110: seconds or a date), else by GitHub's x-ratelimit-reset; null without either. */
export function retryAtOf(headers: Headers, now: Date): Date | null {
  const wanted = headers.get('retry-after')?.trim()
  if (wanted !== undefined && /^\d{1,9}$/.test(wanted)) return new Date(now.getTime() + Number(wanted) * 1000)
  const date = wanted === undefined ? Number.NaN : Date.parse(wanted)
  if (!Number.isNaN(date)) return new Date(date)
  const reset = headers.get('x-ratelimit-reset')?.trim() ?? ''
  if (headers.get('x-ratelimit-remaining') === '0' && /^\d{1,11}$/.test(reset)) return new Date(Number(reset) * 1000)
  return null
}

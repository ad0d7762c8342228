import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** How many requests one client may send in a minute; 0: any number. */
export interface RateLimit {
  readonly name: string
  readonly perMinute: number
}

export interface Allowance {
  /** Seconds to wait; null: go on. */
  readonly retryAfterSeconds: number | null
  /** What every answer tells of the limit (draft-ietf-httpapi-ratelimit-headers-10). */
  readonly headers: Readonly<Record<string, string>>
}

/** Counts of one process. */
export type Limiters = Map<string, RateLimiterMemory>

const WINDOW_SECONDS = 60

declare global {
  // Outside the module: Next may load it several times, and nobody must get several limits.
  var flakeboardLimiters: Limiters | undefined
}

/**
 * Counts one request of a client. This guards our own time, whatever the request does; questions that a request
 * causes at upstreams have a budget of their own (lib/sync/ask-limits.ts).
 */
export async function takeRequest(
  client: string,
  { name, perMinute }: RateLimit,
  limiters: Limiters = sharedLimiters(),
): Promise<Allowance> {
  if (perMinute === 0) return { retryAfterSeconds: null, headers: {} }
  const key = `${name} ${perMinute}`
  const limiter = limiters.get(key) ?? new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS })
  limiters.set(key, limiter)
  const { isGranted, count } = await consume(limiter, client)
  const seconds = Math.max(1, Math.ceil(count.msBeforeNext / 1000))
  return {
    retryAfterSeconds: isGranted ? null : seconds,
    headers: {
      'ratelimit-policy': `"${name}";q=${perMinute};w=${WINDOW_SECONDS}`,
      ratelimit: `"${name}";r=${Math.max(0, count.remainingPoints)};t=${seconds}`,
      ...(!isGranted && { 'retry-after': String(seconds) }),
    },
  }
}

// The package rejects with a count where the limit is reached, and with an error where something else is wrong.
async function consume(limiter: RateLimiterMemory, client: string) {
  try {
    return { isGranted: true, count: await limiter.consume(client) }
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return { isGranted: false, count: refused }
    throw refused
  }
}

function sharedLimiters(): Limiters {
  globalThis.flakeboardLimiters ??= new Map()
  return globalThis.flakeboardLimiters
}

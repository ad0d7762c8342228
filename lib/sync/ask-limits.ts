import 'server-only'

const WINDOW_MS = 10 * 60_000
/** Questions to upstreams that one client, and all of them together, may cause within the window. */
const PER_CLIENT = 20
const OF_ALL = 120

/** Times of the questions that people caused lately, in memory, oldest first. */
export type Asks = { client: string; atMs: number }[]

declare global {
  // Outside the module: Next loads it once for pages and once for routes, and nobody must get two limits.
  var flakeboardAsks: Asks | undefined
}

export function sharedAsks(): Asks {
  globalThis.flakeboardAsks ??= []
  return globalThis.flakeboardAsks
}

/** Counts one question for a client; the time when the client may ask again when it asked too often, else null. */
export function takeAsk(asks: Asks, client: string, now: Date): Date | null {
  const sinceMs = now.getTime() - WINDOW_MS
  const old = asks.findIndex(({ atMs }) => atMs > sinceMs)
  asks.splice(0, old === -1 ? asks.length : old)
  const own = asks.filter((ask) => ask.client === client)
  const blocking = own.length >= PER_CLIENT ? own[0] : asks.length >= OF_ALL ? asks[0] : undefined
  if (blocking !== undefined) return new Date(blocking.atMs + WINDOW_MS)
  asks.push({ client, atMs: now.getTime() })
  return null
}

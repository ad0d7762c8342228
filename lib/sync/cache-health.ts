import 'server-only'
import type { Cache, CacheInfo } from '@/lib/caches/cache'
import type { Tx } from '@/lib/db/client'
import { UpstreamError } from '@/lib/net/errors'
import { noteFact } from './note-fact'
import type { CacheHealth } from './probe-cache'

/** What `nix-cache-info` told, or the failure. */
export interface AskedHealth extends CacheHealth {
  readonly info: CacheInfo | null
  readonly error: UpstreamError | null
}

/** Reads `nix-cache-info`: a cache that refuses it refuses its users, whatever its other addresses say. */
export async function askHealth(cache: Cache): Promise<AskedHealth> {
  try {
    return { isAlive: true, reason: null, info: await cache.readInfo(), error: null }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { isAlive: false, reason: error.message, info: null, error }
  }
}

/** Stores how a cache answered; what it said of itself before stays while it refuses. */
export async function storeHealth(tx: Tx, cache: string, asked: AskedHealth, now: Date): Promise<void> {
  const { isAlive, reason, info } = asked
  const checkedMs = BigInt(now.getTime())
  const known = await tx.cacheState.findUnique({ where: { cache } })
  const health = {
    isAlive,
    reason,
    checkedMs,
    // Of a state that was stored before its beginning was, the beginning stays unknown.
    sinceMs: known?.isAlive === isAlive ? known.sinceMs : checkedMs,
    ...(isAlive ? { aliveMs: checkedMs } : {}),
    ...info,
  }
  await tx.cacheState.upsert({ where: { cache }, create: { cache, ...health }, update: health })
  if (known?.isAlive !== isAlive || known.reason !== reason) await noteFact(tx, now)
}

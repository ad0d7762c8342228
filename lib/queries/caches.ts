import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Cache, Caches } from '@/lib/contract/caches'
import { db as openDatabase } from '@/lib/db/client'
import { readFactsAt } from './facts-at'
import type { ReadTools } from './matrix'
import { isoOf } from './times'

/** The configured caches as they last answered. */
export async function readCaches(_now: Date = new Date(), tools: ReadTools = {}): Promise<Caches> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const states = await db.cacheState.findMany()
  const caches = config.caches.map(({ id, kind, url, recheckMinutes, publicKeys }): Cache => {
    const stored = states.find(({ cache }) => cache === id)
    return {
      ...{ id, kind, url, recheckMinutes, publicKeys },
      state: stored === undefined ? 'never-asked' : stored.isAlive ? 'alive' : 'refusing',
      reason: stored?.reason ?? null,
      checkedAt: isoOf(stored?.checkedMs ?? null),
    }
  })
  return { generatedAt: await readFactsAt(db), caches }
}

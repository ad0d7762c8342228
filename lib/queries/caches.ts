import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { CacheConfig } from '@/lib/config/schema'
import { type Cache, type Caches, KEY_CHANGES_MAX } from '@/lib/contract/caches'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { keyAlarms } from '@/lib/domain/published-keys'
import { nixConfLines } from '@/lib/domain/use-cache'
import { readBranches } from './branches'
import { readCacheQuestions } from './cache-questions'
import { readCoverage } from './coverage'
import { readFactsAt } from './facts-at'
import type { ReadTools } from './matrix'
import { readSurvival } from './survival'
import { isoOf } from './times'
import { readUntrusted } from './untrusted'

/**
 * The configured caches: how each last answered, what it holds of each branch, how long outputs live in it, what of it
 * is not trusted, and what it was asked. Reads what sync keeps: the cost does not grow with history.
 */
export async function readCaches(now: Date = new Date(), tools: ReadTools = {}): Promise<Caches> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const branches = await readBranches(db, config, now)
  const caches: Cache[] = []
  for (const cache of config.caches) {
    caches.push({
      ...(await readIdentity(db, cache, now)),
      coverage: await readCoverage(db, cache.id, branches, now),
      survival: await readSurvival(db, cache.id),
      untrusted: await readUntrusted(db, cache.id),
      questions: await readCacheQuestions(db, cache.id),
    })
  }
  return { generatedAt: await readFactsAt(db), caches }
}

type Identity = Omit<Cache, 'coverage' | 'survival' | 'untrusted' | 'questions'>

async function readIdentity(db: Db, cache: CacheConfig, now: Date): Promise<Identity> {
  const { id, kind, url, recheckMinutes, publicKeys } = cache
  const stored = await db.cacheState.findUnique({ where: { cache: id } })
  return {
    ...{ id, kind, url, recheckMinutes, publicKeys },
    verifyUrl: verifyUrlOf(cache),
    nixConf: nixConfLines([cache]),
    state: stored === null ? 'never-asked' : stored.isAlive ? 'alive' : 'refusing',
    reason: stored?.reason ?? null,
    since: isoOf(stored?.sinceMs ?? null),
    checkedAt: isoOf(stored?.checkedMs ?? null),
    aliveAt: isoOf(stored?.aliveMs ?? null),
    storeDir: stored?.storeDir ?? null,
    priority: stored?.priority ?? null,
    wantMassQuery: stored?.wantMassQuery ?? null,
    ...(await readKeys(db, cache, now)),
  }
}

/** Cachix shows a cache's keys to people on a host beside its API; elsewhere no place for it is agreed on. */
function verifyUrlOf(cache: CacheConfig): string | null {
  if (cache.kind !== 'cachix' || new URL(cache.api).hostname !== 'cachix.org') return null
  return `https://app.cachix.org/cache/${encodeURIComponent(cache.name)}`
}

async function readKeys(db: Db, cache: CacheConfig, now: Date): Promise<Pick<Cache, 'published' | 'alarms'>> {
  if (cache.kind !== 'cachix') return { published: null, alarms: [] }
  const stored = await db.publishedKeys.findUnique({ where: { cache: cache.id } })
  const changes = await db.publishedKeysChange.findMany({
    where: { cache: cache.id },
    orderBy: { atMs: 'desc' },
    take: KEY_CHANGES_MAX,
  })
  const keys = stored?.keys == null ? null : keysOf(stored.keys)
  const told = changes.map(({ atMs, before, after }) => ({ atMs, before: keysOf(before), after: keysOf(after) }))
  const [newest] = told
  const change = newest === undefined ? null : { ...newest, atMs: Number(newest.atMs) }
  return {
    published: {
      keys,
      since: isoOf(stored?.sinceMs ?? null),
      readAt: isoOf(stored?.readMs ?? null),
      reason: stored?.reason ?? null,
      changes: told.map(({ atMs, before, after }) => ({ at: isoOf(atMs), before, after })),
    },
    alarms: keyAlarms({ configured: cache.publicKeys, published: keys, change, nowMs: now.getTime() }).map(
      ({ kind, keys: about }) => ({ kind, keys: [...about] }),
    ),
  }
}

function keysOf(stored: string): string[] {
  const keys: unknown = JSON.parse(stored)
  return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []
}

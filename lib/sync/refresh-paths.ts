import 'server-only'
import type { Cache } from '@/lib/caches/cache'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { type Adapters, makeAdapters } from './adapters'
import { type Asks, sharedAsks, takeAsk } from './ask-limits'
import { type AskTools, askPaths } from './ask-paths'
import { planPaths, sortPaths } from './path-plan'
import type { AskedOutput } from './presence-plan'
import { showReadiness } from './show-readiness'
import { within } from './within'

export interface RefreshedPaths {
  /** `fresh`: nothing was due; `late`: a cache takes long, and what it says later is stored all the same. */
  readonly state: 'asked' | 'fresh' | 'late' | 'limited'
  /** When the client may ask again, where it asked too often. */
  readonly retryAt: Date | null
  /** Paths that were due somewhere and were left for a later question. */
  readonly left: number
}

export interface RefreshTools {
  readonly db?: Db
  readonly config?: Config
  readonly adapters?: Pick<Adapters, 'caches' | 'questions'>
  readonly asks?: Asks
  readonly now?: () => Date
  readonly timeoutMs?: number
}

/** How long a person waits at most. */
const TIMEOUT_MS = 25_000

/**
 * Asks the caches about store paths now, because somebody wants to know why they are not there: what is due, in bulk
 * first, within a time limit, a limit per client, and the limits per host of every question to an upstream.
 */
export async function refreshPaths(
  paths: readonly string[],
  client: string,
  given: RefreshTools = {},
): Promise<RefreshedPaths> {
  const { db = openDatabase(), config = readConfiguration(), now = () => new Date() } = given
  const asked = await sortPaths(db, paths)
  const planned = await Promise.all(
    config.caches.map(async (cache) => ({ id: cache.id, due: await planPaths(db, cache, { asked, now: now() }) })),
  )
  if (planned.every(({ due }) => due.length === 0)) return { state: 'fresh', retryAt: null, left: 0 }
  const retryAt = takeAsk(given.asks ?? sharedAsks(), client, now())
  if (retryAt !== null) return { state: 'limited', retryAt, left: 0 }

  const { caches, questions } = given.adapters ?? makeAdapters(config)
  const work = askAll({ db, config, now, questions }, caches, planned)
  return within<RefreshedPaths>(given.timeoutMs ?? TIMEOUT_MS, work, { state: 'late', retryAt: null, left: 0 })
}

interface Planned {
  readonly id: string
  readonly due: readonly AskedOutput[]
}

async function askAll(tools: AskTools, caches: readonly Cache[], planned: readonly Planned[]): Promise<RefreshedPaths> {
  const left = await Promise.all(
    planned.map(({ id, due }) => {
      const cache = caches.find((one) => one.id === id)
      return cache === undefined || due.length === 0 ? [] : askPaths(tools, cache, due)
    }),
  )
  if (planned.some(({ due }) => due.some(({ outputId }) => outputId >= 0)))
    await showReadiness(tools.db, tools.config, tools.now())
  return { state: 'asked', retryAt: null, left: new Set(left.flat()).size }
}

import 'server-only'
import type { Cache } from '@/lib/caches/cache'
import type { Config } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { parseStorePath } from '@/lib/domain/derivation-name'
import { UpstreamError } from '@/lib/net/errors'
import { askHealth, storeHealth } from './cache-health'
import { chunksOf } from './chunks'
import type { AskedOutput } from './presence-plan'
import { type Answer, probeCache } from './probe-cache'
import type { QuestionTally } from './question-tally'
import { storeAnswers } from './store-answers'
import { storeAskedPaths } from './store-asked-paths'
import { storeQuestions } from './store-questions'

/** Narinfos that one question reads from one cache: each is a request, and may count there as an access. */
export const NARINFOS_MAX = 100
/** Paths per transaction: what is known so far when a person has waited long enough. */
const BATCH = 25

export interface AskTools {
  readonly db: Db
  readonly config: Config
  readonly now: () => Date
  readonly questions: QuestionTally | undefined
}

/** Asks one cache about paths that are due, and stores what it says; the paths that were left for a later question. */
export async function askPaths(tools: AskTools, cache: Cache, due: readonly AskedOutput[]): Promise<string[]> {
  const health = await askHealth(cache)
  await tools.db.$transaction((tx) => storeHealth(tx, cache.id, health, tools.now()))
  const asked = health.isAlive ? await askBulk(cache, due) : cache
  const readings = health.isAlive ? due.filter((path) => needsNarinfo(asked, path)) : []
  const batches = [
    // What needs no request of its own is told first.
    due.filter((path) => !readings.includes(path)),
    ...chunksOf(readings.slice(0, NARINFOS_MAX), BATCH),
  ]
  for (const paths of batches) {
    if (paths.length > 0) await store(tools, cache.id, { paths, answers: await probeCache(asked, health, paths) })
  }
  return readings.slice(NARINFOS_MAX).map(({ path }) => path)
}

/** A cache whose bulk question was asked already, for all paths at once. */
interface AnsweredCache extends Cache {
  readonly missing?: ReadonlySet<string>
}

async function askBulk(cache: Cache, due: readonly AskedOutput[]): Promise<AnsweredCache> {
  if (cache.askMissing === null) return cache
  try {
    const missing = await cache.askMissing([...new Set(due.map(digestOf))])
    return { ...cache, missing, askMissing: async () => missing }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { ...cache, missing: new Set(due.map(digestOf)), askMissing: () => Promise.reject(error) }
  }
}

function needsNarinfo({ askMissing, missing }: AnsweredCache, path: AskedOutput): boolean {
  if (askMissing === null) return true
  return missing !== undefined && !missing.has(digestOf(path)) && path.known?.lastPresence !== 'cached'
}

async function store(
  { db, config, now, questions }: AskTools,
  cache: string,
  { paths, answers }: { paths: readonly AskedOutput[]; answers: ReadonlyMap<number, Answer> },
): Promise<void> {
  const outputs = paths.filter(({ outputId }) => outputId >= 0)
  const foreign = paths.filter(({ outputId }) => outputId < 0)
  await db.$transaction(async (tx) => {
    if (outputs.length > 0) await storeAnswers(tx, { config, cache, outputs, answers, now: now() })
    if (foreign.length > 0) await storeAskedPaths(tx, cache, { foreign, answers, now: now() })
    await storeQuestions(tx, questions, { now: now(), isByPerson: true })
  })
}

function digestOf({ path }: AskedOutput): string {
  return parseStorePath(path)?.digest ?? ''
}

import 'server-only'
import type { Cache } from '@/lib/caches/cache'
import type { CacheConfig } from '@/lib/config/schema'
import { askHealth, storeHealth } from './cache-health'
import { chunksOf } from './chunks'
import { recordReason, reportProgress, type SyncContext, writeFenced } from './context'
import { type AskedOutput, dueBeforeMs, planPresence } from './presence-plan'
import { type CacheHealth, probeCache } from './probe-cache'
import { storeAnswers } from './store-answers'
import { storeQuestions } from './store-questions'
import { syncPublishedKeys } from './sync-published-keys'

/** Outputs per question and per transaction: what a crash may lose, and how often progress is seen. */
const BATCH = 500

/** Asks every configured cache how it is and what is due, and stores presence with its history. */
export async function syncPresence(context: SyncContext): Promise<void> {
  for (const config of context.config.caches) {
    const cache = context.caches.find(({ id }) => id === config.id)
    if (cache === undefined) continue
    const due = await planPresence(context, config)
    const health = await syncHealth(context, { config, cache, isNeeded: due.length > 0 })
    await syncPublishedKeys(context, config, cache)
    if (health !== null) await syncOutputs(context, { cache, health, due })
  }
}

interface AskedCache {
  readonly config: CacheConfig
  readonly cache: Cache
  /** Outputs are to be asked for: then its health must be of this run. */
  readonly isNeeded: boolean
}

/** How the cache is: asked once in a run that asks it for outputs, else every `recheckMinutes`; null when not asked. */
async function syncHealth(context: SyncContext, { config, cache, isNeeded }: AskedCache): Promise<CacheHealth | null> {
  const known = await context.db.cacheState.findUnique({ where: { cache: cache.id } })
  const checkedMs = Number(known?.checkedMs ?? Number.NEGATIVE_INFINITY)
  if (known !== null && checkedMs >= context.startedAt.getTime()) return known
  if (!isNeeded && checkedMs > dueBeforeMs(context, config)) return null
  const asked = await askHealth(cache)
  if (asked.error !== null) {
    await recordReason(context, { source: cache.id, address: asked.error.address, reason: asked.error.message })
  }
  await writeFenced(context, async (tx) => {
    await storeHealth(tx, cache.id, asked, context.now())
    await storeQuestions(tx, context.questions, askingOf(context))
  })
  return asked
}

interface DueOutputs {
  readonly cache: Cache
  readonly health: CacheHealth
  readonly due: readonly AskedOutput[]
}

async function syncOutputs(context: SyncContext, { cache, health, due }: DueOutputs): Promise<void> {
  let done = 0
  for (const outputs of chunksOf(due, BATCH)) {
    await reportProgress(context, { stage: 'presence', source: cache.id, done, total: due.length })
    const answers = await probeCache(cache, health, outputs)
    await writeFenced(context, async (tx) => {
      await storeAnswers(tx, { config: context.config, cache: cache.id, outputs, answers, now: context.now() })
      await storeQuestions(tx, context.questions, askingOf(context))
    })
    done += outputs.length
    context.counts.checks += outputs.length
  }
}

function askingOf(context: SyncContext) {
  return { now: context.now(), isByPerson: context.isByPerson }
}

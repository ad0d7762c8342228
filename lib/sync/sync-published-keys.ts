import 'server-only'
import type { Cache } from '@/lib/caches/cache'
import type { CacheConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { keySet } from '@/lib/domain/published-keys'
import { UpstreamError } from '@/lib/net/errors'
import { recordFault, type SyncContext, writeFenced } from './context'
import { noteFact } from './note-fact'
import { dueBeforeMs } from './presence-plan'
import { storeQuestions } from './store-questions'

/** Reads which keys a cache publishes, at most every `recheckMinutes`, and keeps each change of the set. */
export async function syncPublishedKeys(context: SyncContext, config: CacheConfig, cache: Cache): Promise<void> {
  if (cache.readPublishedKeys === null) return
  const known = await context.db.publishedKeys.findUnique({ where: { cache: cache.id } })
  if (known !== null && Number(known.checkedMs) > dueBeforeMs(context, config)) return
  const asked = await ask(cache.readPublishedKeys)
  if (asked instanceof UpstreamError) await recordFault(context, cache.id, asked)
  await writeFenced(context, async (tx) => {
    if (asked instanceof UpstreamError) await storeFailure(tx, cache.id, asked, context.now())
    else await storeKeys(tx, cache.id, asked, context.now())
    await storeQuestions(tx, context.questions, { now: context.now(), isByPerson: context.isByPerson })
  })
}

async function ask(read: () => Promise<readonly string[]>): Promise<readonly string[] | UpstreamError> {
  try {
    return keySet(await read())
  } catch (error) {
    if (error instanceof UpstreamError) return error
    throw error
  }
}

async function storeFailure(tx: Tx, cache: string, { message }: UpstreamError, now: Date): Promise<void> {
  const data = { reason: message, checkedMs: BigInt(now.getTime()) }
  const known = await tx.publishedKeys.findUnique({ where: { cache } })
  await tx.publishedKeys.upsert({ where: { cache }, create: { cache, ...data }, update: data })
  if (known?.reason !== message) await noteFact(tx, now)
}

async function storeKeys(tx: Tx, cache: string, published: readonly string[], now: Date): Promise<void> {
  const atMs = BigInt(now.getTime())
  const keys = JSON.stringify(published)
  const known = await tx.publishedKeys.findUnique({ where: { cache } })
  const before = known?.keys ?? null
  const data = { keys, readMs: atMs, checkedMs: atMs, reason: null, ...(before === keys ? {} : { sinceMs: atMs }) }
  await tx.publishedKeys.upsert({ where: { cache }, create: { cache, ...data }, update: data })
  if (before !== null && before !== keys) {
    await tx.publishedKeysChange.create({ data: { cache, atMs, before, after: keys } })
  }
  if (before !== keys || known?.reason !== null) await noteFact(tx, now)
}

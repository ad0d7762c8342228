import 'server-only'
import { type SyncContext, writeFenced } from './context'
import { storeCoverage } from './store-coverage'
import { countLives, storeLives } from './store-lives'

/** Keeps what readers would otherwise count: what caches hold of each branch, and how long outputs live in them. */
export async function keepCacheSums(context: SyncContext): Promise<void> {
  const { db, config, startedAt } = context
  await writeFenced(context, (tx) => storeCoverage(tx, config, context.now()))
  const asked = await db.cacheState.findMany({ where: { checkedMs: { gte: BigInt(startedAt.getTime()) } } })
  for (const { cache } of asked) {
    const lives = await countLives(db, cache)
    await writeFenced(context, (tx) => storeLives(tx, cache, lives))
  }
}

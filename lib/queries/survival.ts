import 'server-only'
import type { Survival } from '@/lib/contract/caches'
import type { Db } from '@/lib/db/client'
import { kaplanMeier, medianSurvival } from '@/lib/domain/survival'

/** How long outputs live in a cache, from the lives that sync has counted: a row per number of days. */
export async function readSurvival(db: Db, cache: string): Promise<Survival> {
  const lives = await db.cacheLife.findMany({ where: { cache } })
  const curve = kaplanMeier(lives.map(({ days, evicted, censored }) => ({ days, evicted, censored })))
  const evicted = curve.reduce((sum, point) => sum + point.evicted, 0)
  const censored = curve.reduce((sum, point) => sum + point.censored, 0)
  return { lives: evicted + censored, evicted, medianDays: medianSurvival(curve), curve }
}

import 'server-only'
import type { QuestionHour } from '@/lib/contract/caches'
import type { Db } from '@/lib/db/client'

const HOUR_MS = 3_600_000

/** How often a cache was asked in each hour of the last two weeks, newest first, and why. */
export async function readCacheQuestions(db: Db, cache: string): Promise<QuestionHour[]> {
  const stored = await db.cacheQuestion.findMany({ where: { cache }, orderBy: { hour: 'desc' } })
  const hours = [...new Set(stored.map(({ hour }) => hour))]
  return hours.map((hour) => {
    const own = stored.filter((one) => one.hour === hour)
    const sum = (some: typeof own) => some.reduce((total, { count }) => total + count, 0)
    const of = (kind: string) => sum(own.filter((one) => one.kind === kind))
    return {
      hour: new Date(hour * HOUR_MS).toISOString(),
      health: of('health'),
      keys: of('keys'),
      bulk: of('bulk'),
      narinfo: of('narinfo'),
      byPerson: sum(own.filter(({ isByPerson }) => isByPerson)),
    }
  })
}

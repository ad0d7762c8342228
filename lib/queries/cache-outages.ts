import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Output } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { bestPresence } from '@/lib/domain/presence'
import { isoOf } from './times'

/** A cache that did not answer for itself when it was last asked. */
export interface Outage {
  readonly id: string
  readonly reason: string | null
  readonly checkedAt: string
}

/** The configured caches that do not answer now. */
export async function readOutages(db: Db, config: Config): Promise<Outage[]> {
  const silent = await db.cacheState.findMany({
    where: { isAlive: false, cache: { in: config.caches.map(({ id }) => id) } },
    orderBy: { cache: 'asc' },
  })
  return silent.map(({ cache, reason, checkedMs }) => ({ id: cache, reason, checkedAt: isoOf(checkedMs) }))
}

/**
 * An output as its caches stand now: what a cache said before it fell silent is its last answer, and no more. Only what
 * the matrix shows is asked for in every sync, so older outputs keep their old answers.
 */
export function underOutages(output: Output, outages: readonly Outage[]): Output {
  const isOld = (checkedAt: string | null, outage: Outage) =>
    checkedAt === null || Date.parse(checkedAt) <= Date.parse(outage.checkedAt)
  let last = output.last
  const caches = output.caches.map((answer) => {
    const outage = outages.find(({ id }) => id === answer.id)
    if (outage === undefined || answer.presence === 'unreachable' || !isOld(answer.checkedAt, outage)) return answer
    if (answer.checkedAt !== null) last ??= { presence: answer.presence, checkedAt: answer.checkedAt }
    return { ...answer, presence: 'unreachable' as const, checkedAt: outage.checkedAt, reason: outage.reason }
  })
  const presence = bestPresence(caches.map((answer) => answer.presence))
  const best = caches.find((answer) => answer.presence === presence)
  return {
    ...output,
    presence,
    caches,
    cache: presence === 'cached' ? (best?.id ?? null) : null,
    checkedAt: best?.checkedAt ?? null,
    last: presence === 'unreachable' ? last : null,
  }
}

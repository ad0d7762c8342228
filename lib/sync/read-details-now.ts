import 'server-only'
import { UpstreamError } from '@/lib/net/errors'
import type { ObservedDerivation, Source } from '@/lib/sources/source'
import { planDerivations, type WantedDerivation } from './derivation-plan'
import type { PinTools } from './probe-derivations'
import { storeDetails } from './store-details'

/** Derivations that one question of a person reads from the sources: each is a request. */
const DETAILS_MAX = 40

/** Reads the outputs of derivations that no sync has read yet, the first ones first; a fault leaves them wanted. */
export async function readDetailsNow({ db, config, sources, now }: PinTools, ids: readonly number[]): Promise<void> {
  const place = new Map(ids.map((id, index) => [id, index]))
  const unread = await planDerivations({ db }, ids)
  const wanted = unread.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)).slice(0, DETAILS_MAX)
  const read = await Promise.all(wanted.map(async (one) => ({ one, observed: await readOne(sources, one) })))
  await db.$transaction(async (tx) => {
    for (const { one, observed } of read) {
      if (observed !== null) await storeDetails(tx, one.id, observed, { config, now: now() })
    }
  })
}

async function readOne(sources: readonly Source[], wanted: WantedDerivation): Promise<ObservedDerivation | null> {
  const source = sources.find(({ id }) => id === wanted.source)
  try {
    return (await source?.readDerivation(wanted.path, wanted.viaExternalId)) ?? null
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return null
  }
}

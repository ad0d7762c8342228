import 'server-only'
import type { ObservedDerivation } from '@/lib/sources/source'
import { chunksOf } from './chunks'
import { recordFault, reportProgress, type SyncContext, writeFenced } from './context'
import type { WantedDerivation } from './derivation-plan'
import { storeDetails } from './store-details'

/** How many are asked for before they are stored: the host's own limit is two at a time. */
const BATCH = 8

/** Reads and stores outputs and attempts of derivations; a fault leaves the derivation wanted. */
export async function syncDerivations(context: SyncContext, wanted: readonly WantedDerivation[]): Promise<void> {
  let done = 0
  for (const batch of chunksOf(wanted, BATCH)) {
    const read = await Promise.all(batch.map(async (one) => ({ one, observed: await readDetails(context, one) })))
    await writeFenced(context, async (tx) => {
      const stored = { config: context.config, now: context.now() }
      for (const { one, observed } of read) if (observed !== null) await storeDetails(tx, one.id, observed, stored)
    })
    done += batch.length
    await reportProgress(context, {
      stage: 'derivations',
      source: batch[0]?.source ?? null,
      done,
      total: wanted.length,
    })
  }
}

async function readDetails(context: SyncContext, wanted: WantedDerivation): Promise<ObservedDerivation | null> {
  const source = context.sources.find(({ id }) => id === wanted.source)
  if (source === undefined) return null
  try {
    return await source.readDerivation(wanted.path, wanted.viaExternalId)
  } catch (error) {
    await recordFault(context, wanted.source, error)
    return null
  }
}

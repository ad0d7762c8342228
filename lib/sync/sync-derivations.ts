import 'server-only'
import { healthOf, statusCode } from '@/lib/domain/status'
import type { BuildAttempt, ObservedDerivation } from '@/lib/sources/source'
import { chunksOf } from './chunks'
import { recordFault, reportProgress, type SyncContext, writeFenced } from './context'
import type { WantedDerivation } from './derivation-plan'

/** How many are asked for before they are stored: the host's own limit is two at a time. */
const BATCH = 8

/** Reads and stores outputs and attempts of derivations; a fault leaves the derivation wanted. */
export async function syncDerivations(context: SyncContext, wanted: readonly WantedDerivation[]): Promise<void> {
  let done = 0
  for (const batch of chunksOf(wanted, BATCH)) {
    const read = await Promise.all(batch.map(async (one) => ({ one, observed: await readDetails(context, one) })))
    await writeFenced(context, async (tx) => {
      for (const { one, observed } of read) if (observed !== null) await storeDetails(tx, context, one.id, observed)
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

async function storeDetails(
  tx: Parameters<Parameters<typeof writeFenced>[1]>[0],
  context: SyncContext,
  derivationId: number,
  observed: ObservedDerivation,
): Promise<void> {
  for (const { name, path, narSize } of observed.outputs) {
    const data = { path, narSize: narSize === null ? null : BigInt(narSize) }
    await tx.output.upsert({
      where: { derivationId_name: { derivationId, name } },
      create: { derivationId, name, ...data },
      update: data,
    })
  }
  const last = observed.attempts.at(-1)
  await tx.derivation.update({
    where: { id: derivationId },
    data: {
      status: statusCode(observed.status),
      system: observed.system,
      // What is not decided yet changes soon: it stays wanted.
      detailsMs: healthOf(observed.status) === 'undecided' ? null : BigInt(context.now().getTime()),
      buildSeconds: last === undefined ? null : secondsOf(last),
      host: last?.host ?? null,
      logId: last?.logId ?? null,
    },
  })
}

function secondsOf(attempt: BuildAttempt): number | null {
  if (attempt.startedAt === null || attempt.endedAt === null) return null
  return Math.round((attempt.endedAt.getTime() - attempt.startedAt.getTime()) / 1000)
}

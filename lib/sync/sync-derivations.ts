import 'server-only'
import type { Tx } from '@/lib/db/client'
import { healthOf, statusCode } from '@/lib/domain/status'
import type { BuildAttempt, ObservedDerivation } from '@/lib/sources/source'
import { chunksOf } from './chunks'
import { recordFault, reportProgress, type SyncContext, writeFenced } from './context'
import type { WantedDerivation } from './derivation-plan'
import { markCached } from './mark-cached'
import { noteFact } from './note-fact'
import { storeInputs } from './store-inputs'

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
  tx: Tx,
  context: SyncContext,
  derivationId: number,
  observed: ObservedDerivation,
): Promise<void> {
  const known = await tx.derivation.findUniqueOrThrow({ where: { id: derivationId }, include: { outputs: true } })
  const last = observed.attempts.at(-1)
  const details = {
    status: statusCode(observed.status),
    system: observed.system,
    buildSeconds: last === undefined ? null : secondsOf(last),
    host: last?.host ?? null,
    logId: last?.logId ?? null,
  }
  const hasNewOutputs = await storeOutputs(tx, known, observed.outputs)
  await storeInputs(tx, derivationId, observed.inputs)
  // What is not decided yet changes soon: it stays wanted.
  const detailsMs = healthOf(observed.status) === 'undecided' ? null : BigInt(context.now().getTime())
  await tx.derivation.update({ where: { id: derivationId }, data: { ...details, detailsMs } })
  if (hasNewOutputs) await markCached(tx, context.config, [derivationId])
  const isSame =
    known.status === details.status && known.host === details.host && known.logId === details.logId && !hasNewOutputs
  if (!isSame) await noteFact(tx, context.now())
}

interface KnownOutputs {
  readonly id: number
  readonly outputs: readonly { id: number; name: string; path: string | null; narSize: bigint | null }[]
}

/** True when an output is new or has another path: what caches said of the old one says nothing of the new one. */
async function storeOutputs(tx: Tx, known: KnownOutputs, observed: ObservedDerivation['outputs']): Promise<boolean> {
  let changed = false
  for (const { name, path, narSize } of observed) {
    const before = known.outputs.find((output) => output.name === name)
    const data = { path, narSize: narSize === null ? null : BigInt(narSize) }
    if (before === undefined) await tx.output.create({ data: { derivationId: known.id, name, ...data } })
    else if (before.path !== path || before.narSize !== data.narSize) {
      await tx.output.update({ where: { id: before.id }, data })
    }
    if (before?.path === path) continue
    changed = true
    if (before !== undefined) await tx.presence.deleteMany({ where: { outputId: before.id } })
  }
  return changed
}

function secondsOf(attempt: BuildAttempt): number | null {
  if (attempt.startedAt === null || attempt.endedAt === null) return null
  return Math.round((attempt.endedAt.getTime() - attempt.startedAt.getTime()) / 1000)
}

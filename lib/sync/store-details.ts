import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { healthOf, statusCode } from '@/lib/domain/status'
import type { BuildAttempt, ObservedDerivation } from '@/lib/sources/source'
import { markCached } from './mark-cached'
import { noteFact } from './note-fact'
import { storeInputs } from './store-inputs'

/** Stores what a source told of a derivation: its state, outputs and inputs. What is not decided yet stays wanted. */
export async function storeDetails(
  tx: Tx,
  derivationId: number,
  observed: ObservedDerivation,
  { config, now }: { config: Config; now: Date },
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
  const detailsMs = healthOf(observed.status) === 'undecided' ? null : BigInt(now.getTime())
  await tx.derivation.update({ where: { id: derivationId }, data: { ...details, detailsMs } })
  if (hasNewOutputs) await markCached(tx, config, [derivationId])
  const isSame =
    known.status === details.status && known.host === details.host && known.logId === details.logId && !hasNewOutputs
  if (!isSame) await noteFact(tx, now)
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

import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { bestPresence, neededPresence, type Presence, presenceCode, presenceOfCode } from '@/lib/domain/presence'

/** Stores per derivation what stands between it and its readiness: nothing where every needed output is cached somewhere. */
export async function markCached(tx: Tx, config: Config, derivationIds: number[]): Promise<void> {
  const ignored = new Set(config.ignoreOutputs)
  const caches = config.caches.map(({ id }) => id)
  const derivations = await tx.derivation.findMany({
    where: { id: { in: derivationIds } },
    select: {
      id: true,
      presence: true,
      outputs: { select: { name: true, presences: { where: { cache: { in: caches } }, select: { presence: true } } } },
    },
  })
  const changed = new Map<Presence, number[]>()
  for (const { id, presence: stored, outputs } of derivations) {
    const presence = neededPresence(outputs.map(toOutput), ignored)
    if (presenceCode(presence) !== stored) changed.set(presence, [...(changed.get(presence) ?? []), id])
  }
  for (const [presence, ids] of changed) {
    const data = { presence: presenceCode(presence), isCached: presence === 'cached' }
    await tx.derivation.updateMany({ where: { id: { in: ids } }, data })
  }
}

function toOutput(output: { name: string; presences: { presence: number }[] }) {
  return { name: output.name, presence: bestPresence(output.presences.map(({ presence }) => presenceOfCode(presence))) }
}

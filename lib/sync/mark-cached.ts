import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { bestPresence, isFullyCached, presenceOfCode } from '@/lib/domain/presence'

/** Marks each derivation whose every needed output is cached in some configured cache, and unmarks the others. */
export async function markCached(tx: Tx, config: Config, derivationIds: number[]): Promise<void> {
  const ignored = new Set(config.ignoreOutputs)
  const caches = config.caches.map(({ id }) => id)
  const derivations = await tx.derivation.findMany({
    where: { id: { in: derivationIds } },
    select: {
      id: true,
      isCached: true,
      outputs: { select: { name: true, presences: { where: { cache: { in: caches } }, select: { presence: true } } } },
    },
  })
  const changed = derivations.filter(
    ({ isCached, outputs }) => isCached !== isFullyCached(outputs.map(toOutput), ignored),
  )
  for (const isCached of [true, false]) {
    const ids = changed.flatMap((derivation) => (derivation.isCached === isCached ? [] : derivation.id))
    if (ids.length > 0) await tx.derivation.updateMany({ where: { id: { in: ids } }, data: { isCached } })
  }
}

function toOutput(output: { name: string; presences: { presence: number }[] }) {
  return { name: output.name, presence: bestPresence(output.presences.map(({ presence }) => presenceOfCode(presence))) }
}

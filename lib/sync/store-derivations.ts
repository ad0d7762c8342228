import 'server-only'
import { insertRows, readIds } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { derivationName, parseDrvName } from '@/lib/domain/derivation-name'
import { type Status, statusCode } from '@/lib/domain/status'
import { chunksOf } from './chunks'
import type { ReadRun } from './sync-evaluations'

/**
 * Stores every derivation that the attributes of a run name, with its present state, and returns their ids by path.
 * A change of state makes the details (outputs, attempts) wanted again.
 */
export async function storeDerivations(tx: Tx, { evaluation }: ReadRun): Promise<ReadonlyMap<string, number>> {
  const paths = [...new Set(evaluation.results.flatMap(({ derivation }) => derivation ?? []))].sort()
  const statusOf = (path: string): Status => evaluation.derivations.get(path) ?? 'unknown'
  const rows = paths.map((path) => {
    const { name, version } = parseDrvName(derivationName(path))
    return [path, name, version, statusCode(statusOf(path)), false]
  })
  await insertRows(tx, {
    table: 'Derivation',
    columns: ['path', 'name', 'version', 'status', 'isCached'],
    rows,
    onConflict: 'ignore',
  })
  const ids = await readIds(tx, { table: 'Derivation', column: 'path', values: paths })
  await updateStates(tx, paths, statusOf)
  return ids
}

async function updateStates(tx: Tx, paths: readonly string[], statusOf: (path: string) => Status): Promise<void> {
  const changed = new Map<number, string[]>()
  for (const chunk of chunksOf(paths, 5_000)) {
    const stored = await tx.derivation.findMany({
      where: { path: { in: chunk } },
      select: { path: true, status: true },
    })
    for (const { path, status } of stored) {
      const code = statusCode(statusOf(path))
      if (code !== status) changed.set(code, [...(changed.get(code) ?? []), path])
    }
  }
  for (const [status, moved] of changed) {
    await tx.derivation.updateMany({ where: { path: { in: moved } }, data: { status, detailsMs: null } })
  }
}

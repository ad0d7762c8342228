import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import type { FailureNode } from '@/lib/sources/source'
import { chunksOf } from './chunks'

/** Stores which failed dependencies each failed derivation names now, in place of what it named before. */
export async function storeFailures(tx: Tx, failures: readonly FailureNode[]): Promise<void> {
  for (const nodes of chunksOf(failures, 5_000)) {
    await tx.failureEdge.deleteMany({ where: { derivation: { in: nodes.map(({ derivation }) => derivation) } } })
  }
  const rows = failures.flatMap(({ derivation, failedDependencies }) =>
    failedDependencies.map((dependency) => [derivation, dependency]),
  )
  await insertRows(tx, { table: 'FailureEdge', columns: ['derivation', 'dependency'], rows, onConflict: 'ignore' })
}

import 'server-only'
import type { Tx } from '@/lib/db/client'
import { statusCode } from '@/lib/domain/status'
import { chunksOf } from './chunks'

/**
 * Those of the told store paths that stay told: until they are cached again, or their row builds as something else. A row
 * that does not evaluate for a while, or waits to be built, ends nothing.
 */
export async function heldEvictions(tx: Tx, branch: string, told: readonly string[]): Promise<string[]> {
  const held: string[] = []
  for (const chunk of chunksOf([...told], 5_000)) {
    const evicted = await readEvicted(tx, chunk)
    const good = await readGood(tx, branch, [...new Set(evicted.flatMap(({ rows }) => rows))])
    const isHeld = (id: number, row: string) => (good.get(row) ?? id) === id
    held.push(...evicted.flatMap(({ id, path, rows }) => (rows.some((row) => isHeld(id, row)) ? path : [])))
  }
  return held
}

async function readEvicted(tx: Tx, paths: string[]) {
  const derivations = await tx.derivation.findMany({
    where: { path: { in: paths }, isCached: false },
    select: {
      id: true,
      path: true,
      results: {
        where: { role: { gt: 0 } },
        distinct: ['attributeId'],
        select: { attribute: { select: { row: true } } },
      },
    },
  })
  return derivations.map(({ results, ...one }) => ({ ...one, rows: results.map(({ attribute }) => attribute.row) }))
}

/** What each row that builds on the branch is, by database id. */
async function readGood(tx: Tx, branch: string, rows: readonly string[]): Promise<ReadonlyMap<string, number | null>> {
  const good = new Map<string, number | null>()
  for (const chunk of chunksOf([...rows], 5_000)) {
    const cells = await tx.cell.findMany({
      where: { branch, lane: '', status: statusCode('succeeded'), row: { in: chunk } },
      select: { row: true, derivationId: true },
    })
    for (const { row, derivationId } of cells) good.set(row, derivationId)
  }
  return good
}

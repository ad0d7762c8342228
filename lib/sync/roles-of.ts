import 'server-only'
import { compareCandidates, type RowPlace } from '@/lib/domain/package-row'

/** A result, as far as the choice of cells goes. */
export interface RankedResult {
  readonly position: number
  readonly decoded: {
    readonly row: string
    readonly rank: RowPlace['rank']
    readonly system: string | null
    readonly variant: string | null
  }
}

/** Per result: 2 when it makes the cell of its row, 1 when only that of its system and variant, else 0. */
export function rolesOf(results: readonly RankedResult[]): number[] {
  const ofRow = firstOf(results, ({ decoded }) => decoded.row)
  const ofLane = firstOf(results, ({ decoded }) => JSON.stringify([decoded.row, decoded.system, decoded.variant]))
  return results.map((result) => (ofRow.has(result) ? 2 : ofLane.has(result) ? 1 : 0))
}

function firstOf(results: readonly RankedResult[], keyOf: (result: RankedResult) => string): ReadonlySet<RankedResult> {
  const first = new Map<string, RankedResult>()
  for (const result of results) {
    const key = keyOf(result)
    const known = first.get(key)
    if (known === undefined || compare(result, known) < 0) first.set(key, result)
  }
  return new Set(first.values())
}

function compare(a: RankedResult, b: RankedResult): number {
  return compareCandidates({ ...a.decoded, position: a.position }, { ...b.decoded, position: b.position })
}

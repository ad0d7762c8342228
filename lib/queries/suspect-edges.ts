import 'server-only'
import type { Suspects } from '@/lib/contract/suspects'
import type { Db } from '@/lib/db/client'
import { compareEvaluations } from '@/lib/domain/evaluation-order'
import { statusOfCode } from '@/lib/domain/status'
import { readEvaluationsById, type StoredEvaluation } from './evaluations'

/** The revisions between which it broke, and what to say where they alone decide. */
export interface Edges {
  readonly from: string | null
  readonly to: string | null
  readonly state: Suspects['state']
  readonly note: string
}

interface BrokenCell {
  readonly status: number
  readonly sinceId: number | null
  readonly lastGoodId: number | null
}

/** `order` places the first bad evaluation among those of its branch; null where nothing is known to have broken. */
export async function readEdges(db: Db, cell: BrokenCell): Promise<{ edges: Edges; order: number | null }> {
  const evaluations = await readEvaluationsById(db, [cell.sinceId, cell.lastGoodId])
  const [since, good] = [evaluations.get(cell.sinceId ?? -1), evaluations.get(cell.lastGoodId ?? -1)]
  const edges = edgesOf(statusOfCode(cell.status) !== 'absent', since, good)
  const isRange = edges.from !== null && edges.to !== null
  return { edges, order: isRange && since !== undefined ? since.chainNumber : null }
}

/** A run of equal health that began after the last good evaluation is a broken one, whatever is being built now. */
function edgesOf(isThere: boolean, since: StoredEvaluation | undefined, good: StoredEvaluation | undefined): Edges {
  const nowhere = { from: null, to: null }
  if (!isThere || since === undefined) return { ...nowhere, state: 'none', note: 'Nothing is broken here now.' }
  if (good === undefined) {
    return { ...nowhere, state: 'unknown', note: 'No good evaluation is stored, so no range of commits is known.' }
  }
  if (compareEvaluations(since, good) <= 0) return { ...nowhere, state: 'none', note: 'Nothing is broken here now.' }
  const [from, to] = [good.nixpkgsRevision, since.nixpkgsRevision]
  const missing = [from === null ? 'last good' : null, to === null ? 'first bad' : null].filter((side) => side !== null)
  if (missing.length > 0) {
    const note = `The nixpkgs revision of the ${missing.join(' and of the ')} evaluation is not known yet.`
    return { from, to, state: 'unknown', note }
  }
  const note =
    'The last good and the first bad evaluation stand on the same nixpkgs revision: no commit of it did this.'
  return { from, to, state: 'same', note }
}

import 'server-only'
import type { Suspects } from '@/lib/contract/suspects'
import type { Db } from '@/lib/db/client'
import { compareEvaluations } from '@/lib/domain/evaluation-order'
import { statusOfCode } from '@/lib/domain/status'
import { readEvaluationsById, type StoredEvaluation } from './evaluations'
import { storable } from './storable'

/** A cell that is broken now (or not), and where between two nixpkgs revisions it broke. */
export interface Breakage {
  readonly branch: string
  readonly row: string
  readonly evaluationId: number
  readonly attributeId: number | null
  readonly derivationId: number | null
  readonly lastGoodId: number | null
  /** Package path as nixpkgs has it, and the system it is built for. */
  readonly attribute: string | null
  readonly system: string | null
  readonly from: string | null
  readonly to: string | null
  /** What to say where the revisions alone decide; else overruled by what is known of the range. */
  readonly state: Suspects['state']
  readonly note: string
}

export async function readBreakage(db: Db, { branch, row }: { branch: string; row: string }): Promise<Breakage | null> {
  const cell = await db.cell.findUnique({
    where: { branch_row_lane: { branch: storable(branch), row: storable(row), lane: '' } },
  })
  if (cell === null) return null
  const evaluations = await readEvaluationsById(db, [cell.sinceId, cell.lastGoodId])
  const [since, good] = [evaluations.get(cell.sinceId ?? -1), evaluations.get(cell.lastGoodId ?? -1)]
  const attribute = await readAttribute(db, cell.attributeId ?? null)
  return {
    branch,
    row,
    evaluationId: cell.evaluationId,
    attributeId: cell.attributeId,
    derivationId: cell.derivationId,
    lastGoodId: cell.lastGoodId,
    attribute: attribute?.package ?? null,
    system: attribute?.system ?? null,
    ...edgesOf(statusOfCode(cell.status) !== 'absent', since, good),
  }
}

function readAttribute(db: Db, id: number | null) {
  return id === null ? null : db.attribute.findUnique({ where: { id }, select: { package: true, system: true } })
}

type Edges = Pick<Breakage, 'from' | 'to' | 'state' | 'note'>

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

import 'server-only'
import type { Db } from '@/lib/db/client'
import { derivationName, parseDrvName } from '@/lib/domain/derivation-name'
import { storable } from './storable'
import { type Edges, readEdges } from './suspect-edges'

/** A cell that is broken now (or not), and where between two nixpkgs revisions it broke. */
export interface Breakage {
  readonly branch: string
  readonly row: string
  readonly evaluationId: number
  readonly attributeId: number | null
  readonly derivationId: number | null
  /** Last good evaluation of the row, and of what the range belongs to. */
  readonly lastGoodId: number | null
  /** Package path as nixpkgs has it. */
  readonly attribute: string | null
  /** What to build at each step of a bisection. */
  readonly bisected: { readonly attribute: string; readonly system: string | null } | null
  /** Store paths of the root causes. */
  readonly roots: readonly string[]
  readonly edges: Edges
  /** A sentence where the range speaks of something else than the row itself; else empty. */
  readonly caveat: string
}

type StoredCell = NonNullable<Awaited<ReturnType<typeof findCell>>>

export async function readBreakage(db: Db, { branch, row }: { branch: string; row: string }): Promise<Breakage | null> {
  const cell = await findCell(db, storable(branch), storable(row))
  if (cell === null) return null
  const { evaluationId, attributeId, derivationId } = cell
  const roots = await readRoots(db, cell)
  const decisive = await readDecisive(db, cell, roots[0])
  const built = await readAttribute(db, decisive.bisected)
  return {
    ...{ branch, row, evaluationId, attributeId, derivationId, roots },
    attribute: (await readAttribute(db, cell))?.package ?? null,
    bisected: built === null ? null : { attribute: built.package, system: built.system },
    lastGoodId: decisive.cell.lastGoodId,
    edges: decisive.edges,
    caveat:
      decisive.cell === cell
        ? await readCaveat(db, cell, roots)
        : `The range is that of ${decisive.cell.row}, which blocks it now; it was broken before for another reason.`,
  }
}

/**
 * The cell whose range tells: the row's own or, where the row that blocks it broke later, that one's. And the cell to
 * bisect with: a root that broke in the same range is found sooner by building it alone.
 */
async function readDecisive(db: Db, cell: StoredCell, root: string | undefined) {
  const own = await readEdges(db, cell)
  const rootCell = await findRootCell(db, cell, root)
  if (rootCell === null) return { cell, edges: own.edges, bisected: cell }
  const ofRoot = await readEdges(db, rootCell)
  if (own.order === null || ofRoot.order === null) return { cell, edges: own.edges, bisected: cell }
  if (ofRoot.order > own.order) return { cell: rootCell, edges: ofRoot.edges, bisected: rootCell }
  const isSame = own.edges.from === ofRoot.edges.from && own.edges.to === ofRoot.edges.to
  return { cell, edges: own.edges, bisected: isSame ? rootCell : cell }
}

function readAttribute(db: Db, { attributeId }: StoredCell) {
  return attributeId === null ? null : db.attribute.findUnique({ where: { id: attributeId } })
}

function findCell(db: Db, branch: string, row: string) {
  return db.cell.findUnique({ where: { branch_row_lane: { branch, row, lane: '' } } })
}

type ResultId = Pick<StoredCell, 'evaluationId' | 'attributeId'>

async function readRoots(db: Db, { evaluationId, attributeId }: ResultId): Promise<string[]> {
  if (attributeId === null) return []
  const causes = await db.cause.findMany({ where: { evaluationId, attributeId }, orderBy: { position: 'asc' } })
  return causes.flatMap(({ derivation }) => derivation ?? [])
}

/** The cell of the row that a root cause is itself: its own first bad is where the root broke. */
async function findRootCell(db: Db, cell: StoredCell, root: string | undefined): Promise<StoredCell | null> {
  if (root === undefined) return null
  const derivation = await db.derivation.findUnique({ where: { path: root }, select: { id: true } })
  if (derivation === null || derivation.id === cell.derivationId) return null
  return db.cell.findFirst({
    where: { branch: cell.branch, lane: '', derivationId: derivation.id },
    orderBy: { row: 'asc' },
  })
}

/** The range holds what broke the row first: where that was something else than today, it need not explain today. */
async function readCaveat(db: Db, { row, sinceId }: StoredCell, roots: readonly string[]): Promise<string> {
  const first =
    sinceId === null
      ? null
      : await db.result.findFirst({
          where: { evaluationId: sinceId, role: 2, attribute: { row } },
          select: { evaluationId: true, attributeId: true },
        })
  const before = first === null ? [] : (await readRoots(db, first)).map(nameOf)
  const now = roots.map(nameOf)
  if (before.length === 0 || now.length === 0 || before.some((name) => now.includes(name))) return ''
  return `It broke first because of ${before.join(', ')}, and is broken now because of ${now.join(', ')}.`
}

function nameOf(derivation: string): string {
  return parseDrvName(derivationName(derivation)).name
}

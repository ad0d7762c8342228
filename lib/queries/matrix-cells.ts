import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Cell, MatrixParams, Output, RootCause } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { presenceOfCode } from '@/lib/domain/presence'
import { maskMessage } from '@/lib/domain/root-cause'
import { buildUrl } from '@/lib/domain/source-url'
import { judgementOfCode, statusOfCode } from '@/lib/domain/status'
import { readCauses } from './causes'
import { readEvaluationsById, type StoredEvaluation, toEvaluation, toPinnablePoint, toPoint } from './evaluations'
import { type Others, readOthers } from './others'
import { readOutputs } from './outputs'
import { readStoredCells, type StoredCell } from './stored-cells'

/** Cells of these rows on these branches: by row, then by branch. A row without a cell on a branch has none here. */
export async function readMatrixCells(
  db: Db,
  { config, params, branches }: { config: Config; params: MatrixParams; branches: readonly string[] },
  rows: readonly string[],
): Promise<ReadonlyMap<string, Record<string, Cell>>> {
  const stored = await readStoredCells(db, params, branches, rows)
  const facts = await readFacts(db, config, params, stored)
  const cells = new Map<string, Record<string, Cell>>()
  for (const cell of stored) {
    const ofRow = cells.get(cell.row) ?? {}
    cells.set(cell.row, ofRow)
    ofRow[cell.branch] = toCell(cell, facts)
  }
  return cells
}

type Facts = Awaited<ReturnType<typeof readFacts>>

async function readFacts(db: Db, config: Config, params: MatrixParams, cells: readonly StoredCell[]) {
  const ids = cells.flatMap((cell) => cell.derivationId ?? [])
  const isFull = params.view === 'full'
  const [evaluations, outputs, causes, others, feeds] = await Promise.all([
    readEvaluationsById(db, cells.flatMap(evaluationIdsOf)),
    isFull ? readOutputs(db, config, ids) : new Map<number, Output[]>(),
    readCauses(db, cells),
    isFull ? readOthers(db, cells) : new Map<string, Others>(),
    db.feed.findMany({ where: { place: 0 }, select: { branch: true, evaluationId: true } }),
  ])
  return {
    config,
    isFull,
    evaluations,
    outputs,
    causes,
    others,
    shown: new Map(feeds.map((feed) => [feed.branch, feed.evaluationId])),
  }
}

function evaluationIdsOf(cell: StoredCell): (number | null)[] {
  return [cell.evaluationId, cell.sinceId, cell.undecidedSinceId, cell.lastGoodId, cell.lastReadyId]
}

function toCell(cell: StoredCell, facts: Facts): Cell {
  return {
    status: statusOfCode(cell.status),
    ready: cell.isReady,
    mayFail: judgementOfCode(cell.judgement) === 'may-fail',
    presence: presenceOfCode(cell.presence),
    attribute: cell.attribute,
    system: cell.system,
    variant: cell.variant,
    ...builtBy(cell, facts),
    ...pastOf(cell, facts.evaluations),
    changed: cell.isChanged,
    flapping: cell.isFlapping,
    ...(facts.isFull && {
      outputs: facts.outputs.get(cell.derivationId ?? -1) ?? [],
      strip: stripOf(cell.strip),
      others: othersOf(cell, facts),
    }),
  }
}

/** What was built, where, and why it is broken. */
function builtBy(cell: StoredCell, facts: Facts) {
  const evaluation = facts.evaluations.get(cell.evaluationId)
  const isColumn = facts.shown.get(cell.branch) === cell.evaluationId
  return {
    derivation: cell.derivation,
    version: cell.version || null,
    rootCauses: causesOf(cell, evaluation, facts),
    url: evaluation === undefined ? null : urlOf(facts.config, evaluation, cell.derivation),
    from: isColumn || evaluation === undefined ? null : toEvaluation(evaluation),
  }
}

function pastOf(cell: StoredCell, evaluations: Facts['evaluations']) {
  const at = (id: number | null) => (id === null ? undefined : evaluations.get(id))
  return {
    since: toPoint(at(cell.sinceId)),
    lastGood: toPinnablePoint(at(cell.lastGoodId)),
    lastReady: toPinnablePoint(at(cell.lastReadyId)),
    undecidedSince: toPoint(at(cell.undecidedSinceId)),
  }
}

/** A result's own causes; of an evaluation that failed as a whole, that one cause. */
function causesOf(cell: StoredCell, evaluation: StoredEvaluation | undefined, facts: Facts): RootCause[] {
  const causes = facts.causes.get(`${cell.evaluationId} ${cell.attributeId}`)
  if (causes !== undefined) return [...causes]
  const error = evaluation?.error ?? null
  const isWhole = statusOfCode(cell.status) === 'evaluation-failed' && error !== null
  return isWhole ? [{ derivation: null, name: maskMessage(error), status: 'evaluation-failed' }] : []
}

function othersOf(cell: StoredCell, facts: Facts): Others {
  const others = facts.others.get(`${cell.evaluationId} ${cell.row}`) ?? []
  return others.filter(({ attribute }) => attribute !== cell.attribute)
}

function stripOf(strip: string) {
  return strip === '' ? [] : strip.split(',').map((code) => statusOfCode(Number(code)))
}

function urlOf(config: Config, evaluation: StoredEvaluation, derivation: string | null): string {
  const source = config.sources.find(({ id }) => id === evaluation.source)
  if (source === undefined || derivation === null) return evaluation.url
  return buildUrl(source, { derivation, externalId: evaluation.externalId }) ?? evaluation.url
}

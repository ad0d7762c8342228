import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { isFlapping } from '@/lib/domain/flapping'
import { statusCode } from '@/lib/domain/status'
import { type LaneKey, rowOfLane } from './fold-history'
import type { FeedCell, FeedView } from './rebuild-feed'

/** A cell and the evaluation that decides it. */
interface DecidedCell {
  readonly cell: FeedCell
  readonly evaluationId: number
}

// Behind every attribute: a cell that no attribute makes.
const LAST_PLACE = 2 ** 31 - 1

const CELL_COLUMNS = [
  'branch',
  'row',
  'lane',
  'system',
  'variant',
  'place',
  'evaluationId',
  'attributeId',
  'derivationId',
  'status',
  'judgement',
  'isReady',
  'isChanged',
  'isFlapping',
  'sinceId',
  'undecidedSinceId',
  'lastGoodId',
  'lastReadyId',
  'strip',
] as const

/** Replaces the cells of a branch. Readiness is filled in afterwards: it changes without any new evaluation. */
export async function storeCells(tx: Tx, branch: string, views: readonly FeedView[]): Promise<void> {
  const rows = [...decide(views)].map(([key, decided]) => toRow(branch, key, decided))
  await tx.cell.deleteMany({ where: { branch } })
  await insertRows(tx, { table: 'Cell', columns: CELL_COLUMNS, rows, onConflict: 'ignore' })
}

/** Each cell is the first feed's that has it; where all lack it, the first feed's that ever had it. */
function decide(views: readonly FeedView[]): ReadonlyMap<LaneKey, DecidedCell> {
  const decided = new Map<LaneKey, DecidedCell>()
  for (const { cells, history } of views) {
    if (history.shown === null) continue
    for (const cell of cells) {
      const known = decided.get(cell.key)
      if (known === undefined || (known.cell.status === 'absent' && cell.status !== 'absent')) {
        decided.set(cell.key, { cell, evaluationId: history.shown.id })
      }
    }
  }
  return decided
}

function toRow(branch: string, key: LaneKey, { cell, evaluationId }: DecidedCell) {
  const { status, result, track, isChanged } = cell
  const { row, lane } = rowOfLane(key)
  const [system, variant] = result === null ? namesOf(lane) : [result.system, result.variant]
  return [
    branch,
    row,
    lane,
    system,
    variant,
    result?.position ?? LAST_PLACE,
    evaluationId,
    result?.attributeId ?? null,
    result?.derivationId ?? null,
    statusCode(status),
    result?.judgement ?? 0,
    false,
    isChanged,
    isFlapping(track.turns),
    track.since?.evaluation ?? null,
    track.undecidedSince?.evaluation ?? null,
    track.lastGood?.evaluation ?? null,
    null,
    track.strip.map(statusCode).join(','),
  ]
}

function namesOf(lane: string): [string | null, string | null] {
  const [system = '', variant = ''] = lane.split(' ')
  return [system || null, variant || null]
}

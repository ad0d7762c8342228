import type { Cell, MatrixBranch, MatrixPackage } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { CellFacts } from './cell-facts'
import { type CellState, cellState } from './cell-state'
import { FlappingMark } from './flapping-mark'
import { StatusMark } from './status-mark'

export interface CellCardProps {
  readonly row: MatrixPackage
  readonly branch: MatrixBranch
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** All that is known of one cell, with the ways on. */
export function CellCard({ row, branch, now, nixpkgsUrl }: CellCardProps) {
  const cell = row.cells[branch.name]
  const state = cellState(cell, branch, now)
  return (
    <div className="text-sm" data-stale={state.isStale || undefined}>
      <div className="flex items-start gap-2 border-b border-line px-4 py-3">
        <span className="pt-0.5">
          <StatusMark mark={state.mark} />
        </span>
        <div className="min-w-0">
          <p className="font-semibold break-words">
            {row.name} <span className="font-normal text-muted">on {branch.title}</span>
          </p>
          <p>
            {summaryOf(state, cell)} {cell?.flapping && <FlappingMark />}
          </p>
        </div>
      </div>
      {cell === undefined ? (
        <p className="px-4 py-3 text-muted">{holeWords(row, branch)}</p>
      ) : (
        <CellFacts {...{ cell, branch, now, nixpkgsUrl }} packageHref={paths.package(row.name)} />
      )}
    </div>
  )
}

function summaryOf(state: CellState, cell: Cell | undefined): string {
  const version = cell?.version ? [`version ${cell.version}`] : []
  const mayFail = cell?.mayFail ? ['may fail, so it is not counted'] : []
  return [state.full, ...version, ...mayFail].join(' · ')
}

function holeWords(row: MatrixPackage, branch: MatrixBranch): string {
  return branch.freshness === 'never'
    ? `No evaluation of ${branch.title} has finished yet, so nothing is known of ${row.name} here.`
    : `The evaluation of ${branch.title} holds no attribute for ${row.name}.`
}

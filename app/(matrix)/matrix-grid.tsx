'use client'
import { MatrixBodies, rowsBefore } from '@/components/matrix-bodies'
import { MatrixRow, type MatrixRowProps } from '@/components/matrix-row'
import { MatrixTable } from '@/components/matrix-table'
import { Toast } from '@/components/toast'
import { useMyPackages } from '@/lib/client/my-packages'
import { useHydrated } from '@/lib/client/use-hydrated'
import type { Matrix, MatrixPackage, MatrixParams } from '@/lib/contract/matrix'
import { CellCardIsland } from './cell-card-island'
import { MatrixTail } from './matrix-tail'
import { useGrid } from './use-grid'

export interface MatrixGridProps {
  readonly matrix: Matrix
  readonly params: MatrixParams
  readonly now: Date
  readonly nixpkgsUrl: string
  /** The one branch that narrow screens show. */
  readonly shown: string
  /** Query string of the page without an open cell. */
  readonly query: string
  readonly restWords: string
  readonly isBusy: boolean
  readonly fresh: ReadonlyMap<string, ReadonlySet<string>>
}

/** The matrix as a grid that keys, pointer and touch work on. */
export function MatrixGrid({ matrix, params, restWords, isBusy, fresh, ...shared }: MatrixGridProps) {
  const { branches } = matrix
  const { now, nixpkgsUrl, shown } = shared
  const isLive = useHydrated()
  const mine = useMyPackages()
  const { table, rows, cursor, settle, events, card, cardEvents, closeCard, toast } = useGrid(matrix, params)
  const { headRows, tailCount } = rows

  const leading = params.offset === 0 ? leadingHeadlines(headRows) : 0
  const ariaRowIndexOf = (index: number) => params.offset + index + 1 + rowsBefore(index, leading)
  const propsOf = (row: MatrixPackage, index: number): MatrixRowProps => ({
    ...shared,
    row,
    index,
    branches,
    ariaRowIndex: ariaRowIndexOf(index),
    cursor: isLive ? (cursor.row === index ? cursor.column : null) : undefined,
    isMine: mine.names.includes(row.name),
    onToggleMine: mine.toggle,
    fresh: fresh.get(row.name),
  })
  const tail = isLive && tailCount > 0 && (
    <MatrixTail
      onDrawn={settle}
      {...{ params, propsOf, ariaRowIndexOf }}
      count={tailCount}
      keep={cursor.row}
      columns={branches.length}
    />
  )

  return (
    <div ref={table} tabIndex={-1} className="outline-none!" {...events}>
      <MatrixTable
        {...{ branches, shown, now, isLive, isBusy }}
        rowCount={matrix.total + rowsBefore(matrix.total, leading)}
      >
        <MatrixBodies
          columns={branches.length}
          headlines={leading}
          restWords={restWords}
          rows={headRows.map((row, index) => <MatrixRow key={row.name} {...propsOf(row, index)} />)}
          tail={tail}
        />
      </MatrixTable>
      {card?.row && card.branch && (
        <CellCardIsland
          {...{ params, now, nixpkgsUrl, card, ...cardEvents }}
          row={card.row}
          branch={card.branch}
          onClose={closeCard}
        />
      )}
      <Toast message={toast} />
    </div>
  )
}

function leadingHeadlines(rows: readonly MatrixPackage[]): number {
  const first = rows.findIndex((row) => !row.headline)
  return first === -1 ? rows.length : first
}

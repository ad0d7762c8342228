import type { Cell, MatrixBranch, MatrixPackage } from '@/lib/contract/matrix'
import { cellState, ownVersion, wordOf } from './cell-state'
import { StatusMark } from './status-mark'
import { StatusStrip } from './status-strip'

export interface MatrixCellProps {
  readonly row: MatrixPackage
  readonly branch: MatrixBranch
  readonly now: Date
  /** Address of the page with this cell's details open: the way without JavaScript, and one to share. */
  readonly href: string
  readonly isShown: boolean
  /** Its facts changed with the last refresh. */
  readonly isFresh: boolean
  /** Place in the tab order once the grid is live. */
  readonly tabIndex: number | undefined
  readonly place: { readonly row: number; readonly column: number }
}

/** One place of the matrix: shape, word, age, and the version where it differs. */
export function MatrixCell({ row, branch, now, href, isShown, isFresh, tabIndex, place }: MatrixCellProps) {
  const cell = row.cells[branch.name]
  const state = cellState(cell, branch, now)
  return (
    <td
      data-branch={branch.name}
      data-shown={isShown || undefined}
      data-fresh={isFresh || undefined}
      data-stale={state.isStale || undefined}
      className={state.isStale ? 'hatched' : undefined}
    >
      <a href={href} className="cell-link" data-row={place.row} data-column={place.column} tabIndex={tabIndex}>
        <StatusMark mark={state.mark} />
        <span className="min-w-0 flex-1">
          <span className="sr-only">
            {row.name} on {branch.title}:{' '}
          </span>
          <span className={state.mark === 'absent' ? 'sr-only' : 'block truncate text-sm/4'} title={state.full}>
            {state.word}
          </span>
          <Detail {...{ cell, row, state }} />
        </span>
        {cell?.strip && state.mark !== 'absent' && <StatusStrip statuses={cell.strip} />}
      </a>
    </td>
  )
}

type State = ReturnType<typeof cellState>

function Detail({ cell, row, state }: { cell: Cell | undefined; row: MatrixPackage; state: State }) {
  const parts = detailParts(cell, row, state)
  if (parts.length === 0 || state.mark === 'absent') return null
  return <span className="block truncate text-xs text-muted">{parts.join(' · ')}</span>
}

function detailParts(cell: Cell | undefined, row: MatrixPackage, state: State): string[] {
  const version = ownVersion(cell, row.version)
  return [
    ...(state.isStale ? [`was ${wordOf(cell).word}`] : []),
    ...(version === null ? [] : [version]),
    ...(state.age === null ? [] : [state.age === 'now' ? 'just now' : `for ${state.age}`]),
    ...(cell?.mayFail ? ['may fail'] : []),
  ]
}

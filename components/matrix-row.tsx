import { Bookmark, Star } from 'lucide-react'
import { memo } from 'react'
import type { MatrixBranch, MatrixPackage } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { LastReady } from './last-ready'
import { MatrixCell } from './matrix-cell'

export interface MatrixRowProps {
  readonly row: MatrixPackage
  readonly index: number
  readonly ariaRowIndex: number
  readonly branches: readonly MatrixBranch[]
  /** The one branch that narrow screens show. */
  readonly shown: string
  readonly now: Date
  readonly nixpkgsUrl: string
  /** Query string of the page, to which the open cell is added. */
  readonly query: string
  /** Column of the cell cursor if it is in this row, else null; undefined while the grid is not live. */
  readonly cursor: number | null | undefined
  readonly isMine: boolean
  readonly onToggleMine: ((name: string) => void) | undefined
  /** Branches whose cell changed with the last refresh. */
  readonly fresh: ReadonlySet<string> | undefined
}

/** One package over all branches. */
export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { row, index, branches, shown, cursor, fresh } = props
  const tabIndexOf = (column: number) => (cursor === undefined ? undefined : cursor === column ? 0 : -1)
  return (
    <tr className="row" aria-rowindex={props.ariaRowIndex} data-index={index}>
      <th scope="row">
        <NameCell {...props} tabIndex={tabIndexOf(0)} />
      </th>
      {branches.map((branch, at) => (
        <MatrixCell
          key={branch.name}
          row={row}
          branch={branch}
          now={props.now}
          href={hrefOf(props.query, branch.name, row.name)}
          isShown={branch.name === shown}
          isFresh={fresh?.has(branch.name) ?? false}
          tabIndex={tabIndexOf(at + 1)}
          place={{ row: index, column: at + 1 }}
        />
      ))}
    </tr>
  )
})

function NameCell(props: MatrixRowProps & { tabIndex: number | undefined }) {
  const { row, index, branches, now, nixpkgsUrl, isMine, onToggleMine, tabIndex } = props
  return (
    <span className="flex min-h-[39px] flex-col justify-center py-1 pr-1 pl-3">
      <span className="flex items-center gap-2">
        {row.headline && <Star size={12} className="shrink-0 fill-current text-(--busy)" aria-label="headline" />}
        <a
          href={paths.package(row.name)}
          className={`truncate text-sm text-ink ${row.headline ? 'font-semibold' : 'font-medium'}`}
          title={row.name}
          // In the live grid the key p goes there: one stop per row is enough.
          {...(tabIndex !== undefined && { tabIndex: -1 })}
        >
          {row.name}
        </a>
        {row.version !== null && <span className="ml-auto shrink-0 font-mono text-xs text-muted">{row.version}</span>}
        <button
          type="button"
          className={`icon-button js-only mine size-6! ${row.version === null ? 'ml-auto' : ''}`}
          aria-pressed={isMine}
          aria-label={`${row.name} in my packages`}
          title={isMine ? 'Remove from my packages' : 'Add to my packages'}
          data-row={index}
          data-column={0}
          tabIndex={tabIndex}
          onClick={() => onToggleMine?.(row.name)}
        >
          <Bookmark size={14} aria-hidden className={isMine ? 'fill-current text-(--busy)' : undefined} />
        </button>
      </span>
      {row.headline && (
        <LastReady {...{ row, branches, now, nixpkgsUrl }} {...(tabIndex !== undefined && { tabIndex: -1 })} />
      )}
    </span>
  )
}

function hrefOf(query: string, branch: string, name: string): string {
  const params = new URLSearchParams(query)
  params.set('open', `${branch}:${name}`)
  return `/?${params}`
}

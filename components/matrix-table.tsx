import type { ReactNode } from 'react'
import type { MatrixBranch } from '@/lib/contract/matrix'
import { MatrixHead } from './matrix-head'

export interface MatrixTableProps {
  readonly branches: readonly MatrixBranch[]
  /** The one branch that narrow screens show. */
  readonly shown: string
  readonly now: Date
  /** Rows over all pages, for assistive technology. */
  readonly rowCount: number
  /** The cell cursor works: a grid; before that, a plain table. */
  readonly isLive: boolean
  readonly isBusy: boolean
  readonly children: ReactNode
}

/** The frame of the matrix: caption, column heads, and the bodies that come as children. */
export function MatrixTable({ branches, shown, now, rowCount, isLive, isBusy, children }: MatrixTableProps) {
  return (
    <table
      className="matrix"
      data-wide={branches.length <= 5 || undefined}
      role={isLive ? 'grid' : undefined}
      aria-rowcount={rowCount}
      aria-colcount={branches.length + 1}
      aria-busy={isBusy}
      style={{ '--branches': branches.length }}
    >
      <caption className="sr-only">
        Build status and cache presence of every package, one column per nixpkgs branch.{' '}
        {isLive && 'Arrow keys move between cells, Enter opens one.'}
      </caption>
      <colgroup>
        <col className="name-column" />
        {branches.map(({ name }) => (
          <col key={name} data-branch={name} data-shown={name === shown || undefined} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" className="corner">
            <span className="block px-3 py-2 text-xs text-muted">Package</span>
          </th>
          {branches.map((branch) => (
            <MatrixHead key={branch.name} branch={branch} isShown={branch.name === shown} now={now} />
          ))}
        </tr>
      </thead>
      {children}
    </table>
  )
}

/** The line over a group of rows. */
export function MatrixGroup({
  columns,
  ariaRowIndex,
  children,
}: {
  columns: number
  ariaRowIndex: number
  children: ReactNode
}) {
  return (
    <tr aria-rowindex={ariaRowIndex} className="group">
      <th scope="rowgroup" colSpan={columns + 1}>
        <span className="sticky left-(--rail) inline-block px-3 pt-3 pb-1 text-xs font-semibold text-muted">
          {children}
        </span>
      </th>
    </tr>
  )
}

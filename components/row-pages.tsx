import { groupedNumber } from './age'

export interface RowPagesProps {
  readonly offset: number
  readonly pageSize: number
  readonly total: number
  readonly hrefOf: (offset: number) => string
}

/** The way through pages of rows, by plain links. */
export function RowPages({ offset, pageSize, total, hrefOf }: RowPagesProps) {
  if (total <= pageSize && offset === 0) return null
  const last = Math.min(total, offset + pageSize)
  return (
    <nav aria-label="Pages of rows" className="flex items-center gap-3 px-4 py-3 text-sm">
      {offset > 0 && (
        <a rel="prev" href={hrefOf(Math.max(0, offset - pageSize))}>
          Previous {pageSize}
        </a>
      )}
      <span className="tabular text-muted">
        {groupedNumber(offset + 1)}–{groupedNumber(last)} of {groupedNumber(total)}
      </span>
      {last < total && (
        <a rel="next" href={hrefOf(offset + pageSize)}>
          Next {Math.min(pageSize, total - last)}
        </a>
      )}
    </nav>
  )
}

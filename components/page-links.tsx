import { groupedNumber } from './age'

export interface PageLinksProps {
  readonly offset: number
  readonly pageSize: number
  readonly total: number
  readonly hrefOf: (offset: number) => string
}

/** The way through pages of rows without JavaScript; with it, further rows are loaded as one scrolls. */
export function PageLinks({ offset, pageSize, total, hrefOf }: PageLinksProps) {
  const hasNext = offset + pageSize < total
  if (offset === 0 && !hasNext) return null
  const last = Math.min(total, offset + pageSize)
  return (
    <nav
      aria-label="Pages of packages"
      className={`flex items-center gap-3 px-4 py-3 text-sm ${offset === 0 ? 'no-js-only' : ''}`}
    >
      {offset > 0 && (
        <a rel="prev" href={hrefOf(Math.max(0, offset - pageSize))}>
          Previous {pageSize}
        </a>
      )}
      <span className="tabular text-muted">
        {groupedNumber(offset + 1)}–{groupedNumber(last)} of {groupedNumber(total)}
      </span>
      {hasNext && (
        <a rel="next" href={hrefOf(offset + pageSize)} className="no-js-only">
          Next {Math.min(pageSize, total - last)}
        </a>
      )}
    </nav>
  )
}

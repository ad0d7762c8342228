import { groupedNumber } from '@/components/age'
import type { TriageParams } from '@/lib/contract/triage'

export interface TriagePagesProps {
  readonly params: Pick<TriageParams, 'offset' | 'limit'>
  readonly total: number
  readonly hrefOf: (offset: number) => string
}

/** The way through more causes than one page holds. */
export function TriagePages({ params: { offset, limit }, total, hrefOf }: TriagePagesProps) {
  const hasNext = offset + limit < total
  if (offset === 0 && !hasNext) return null
  return (
    <nav aria-label="Pages of causes" className="flex items-center gap-3 px-4 py-3 text-sm">
      {offset > 0 && (
        <a rel="prev" href={hrefOf(Math.max(0, offset - limit))}>
          Worse ones
        </a>
      )}
      <span className="tabular text-muted">
        {groupedNumber(Math.min(offset + 1, total))}–{groupedNumber(Math.min(total, offset + limit))} of{' '}
        {groupedNumber(total)}
      </span>
      {hasNext && (
        <a rel="next" href={hrefOf(offset + limit)}>
          Further ones
        </a>
      )}
    </nav>
  )
}

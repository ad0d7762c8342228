import { groupedNumber } from '@/components/age'
import type { Log } from '@/lib/contract/log'
import { LOG_PAGE_LINES, logPageOf, paths } from '@/lib/contract/paths'

export interface LogPagesProps {
  readonly log: Pick<Log, 'derivation' | 'lines' | 'lastNumber' | 'next'>
  /** Number that the page was asked from. */
  readonly from: number
  readonly q: string | null
  readonly label: string
}

/** The way through a long log: plain links. A log of one page has none. */
export function LogPages({ log: { derivation, lines, lastNumber, next }, from, q, label }: LogPagesProps) {
  if (from === 1 && next === null) return null
  const hrefOf = (number: number) => paths.derivationLog(derivation, { from: number, q })
  const [first, last] = [lines.at(0)?.number, lines.at(-1)?.number]
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
      {from > 1 && <a href={hrefOf(1)}>First page</a>}
      {from > 1 && (
        <a rel="prev" href={hrefOf(Math.max(1, from - LOG_PAGE_LINES))}>
          Previous
        </a>
      )}
      <span className="tabular text-muted">
        {first === undefined || last === undefined
          ? `no line from ${groupedNumber(from)} on`
          : `lines ${groupedNumber(first)}–${groupedNumber(last)} of ${groupedNumber(lastNumber)}`}
      </span>
      {next !== null && (
        <a rel="next" href={hrefOf(next)}>
          Next
        </a>
      )}
      {next !== null && <a href={hrefOf(logPageOf(lastNumber))}>Last page</a>}
    </nav>
  )
}

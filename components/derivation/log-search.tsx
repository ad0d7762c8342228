import type { ReactNode } from 'react'
import { groupedNumber } from '@/components/age'
import { LOG_MATCHES_MAX } from '@/lib/contract/log'
import { paths } from '@/lib/contract/paths'

export interface LogSearchProps {
  readonly derivation: string
  readonly q: string | null
  /** Numbers of the lines that hold it; null without a search. */
  readonly matches: readonly number[] | null
  /** Ways from match to match, where scripts run. */
  readonly children?: ReactNode
}

/** Matches that are listed; the lines themselves are marked as well. */
const LISTED = 100

/** Looks through the whole log, whatever page is shown. A plain form: the answer is a page of its own. */
export function LogSearch({ derivation, q, matches, children }: LogSearchProps) {
  return (
    <div className="grid min-w-0 gap-2">
      <search aria-label="Log">
        <form action={paths.derivation(derivation)} method="get" className="flex flex-wrap items-center gap-2">
          <label htmlFor="log-search" className="sr-only">
            Search this log
          </label>
          <input
            id="log-search"
            type="search"
            name="q"
            placeholder="Search this log"
            defaultValue={q ?? ''}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            className="field w-64 max-w-full"
          />
          <button type="submit" className="button">
            Search
          </button>
          {children}
          {q !== null && <a href={paths.derivationLog(derivation, { from: 1 })}>clear</a>}
        </form>
      </search>
      {q !== null && matches !== null && <Matches {...{ derivation, q, matches }} />}
    </div>
  )
}

function Matches({ derivation, q, matches }: { derivation: string; q: string; matches: readonly number[] }) {
  const listed = matches.slice(0, LISTED)
  return (
    <p className="tabular text-sm">
      <span role="status">{countWords(matches.length)}</span>
      {listed.length > 0 && ': '}
      {listed.map((number, at) => (
        <span key={number}>
          {at > 0 && ', '}
          <a href={paths.derivationLine(derivation, number, q)}>{number}</a>
        </span>
      ))}
      {matches.length > listed.length && ', …'}
    </p>
  )
}

function countWords(count: number): string {
  if (count === 0) return 'No line holds that text'
  if (count >= LOG_MATCHES_MAX) return `At least ${groupedNumber(count)} lines hold it`
  return count === 1 ? '1 line holds it' : `${groupedNumber(count)} lines hold it`
}

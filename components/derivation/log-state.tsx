import type { ReactNode } from 'react'
import { groupedNumber } from '@/components/age'
import { RelativeTime } from '@/components/relative-time'
import type { Log } from '@/lib/contract/log'

export interface LogStateLineProps {
  readonly log: Pick<Log, 'state' | 'lineCount' | 'fetchedAt' | 'source'>
  readonly now: Date
  /** The build at its source, or null. */
  readonly url: string | null
  /** Asks the source: a button of the page's island, where scripts run. */
  readonly action: ReactNode
}

/** How much of the log is here, and what to do where it is not all. */
export function LogStateLine({ log: { state, lineCount, fetchedAt }, now, url, action }: LogStateLineProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <p className="text-muted">
        {WORDS[state]}
        {fetchedAt !== null && (
          <>
            {' Asked '}
            <RelativeTime at={fetchedAt} now={now} suffix=" ago" />
            {lineCount > 0 && `, ${groupedNumber(lineCount)} ${lineCount === 1 ? 'line' : 'lines'}`}.
          </>
        )}
      </p>
      {state !== 'done' && state !== 'cut' && action}
      {url !== null && (
        <a href={url} rel="noreferrer">
          log at its source
        </a>
      )}
    </div>
  )
}

const WORDS = {
  unread: 'This log was not read yet: nobody asked the source for it.',
  reading: 'This log may go on: what stands here is as far as it was read.',
  done: 'The whole log.',
  cut: 'This log is longer than what is kept: lines are missing where their numbers leap.',
  missing: 'The source has no log of this build.',
} as const satisfies Record<Log['state'], string>

import type { ReactNode } from 'react'
import type { Log } from '@/lib/contract/log'
import { LogLines } from './log-lines'
import { LogPages } from './log-pages'
import { LogSearch } from './log-search'
import { LogStateLine } from './log-state'

export interface LogViewProps {
  readonly log: Log
  /** Number that the page was asked from, and the text that is looked for. */
  readonly from: number
  readonly q: string | null
  readonly now: Date
  /** The log at its source, or null. */
  readonly url: string | null
  /** What the page's islands add where scripts run: asking the source, going from match to match, wrapping. */
  readonly ask: ReactNode
  readonly steps: ReactNode
  readonly wrap: ReactNode
}

/** A page of the log of a derivation, with the ways through it. */
export function LogView({ log, from, q, now, url, ask, steps, wrap }: LogViewProps) {
  return (
    <section aria-labelledby="log" className="log grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="log" className="text-lg font-semibold">
        Log
      </h2>
      <LogStateLine log={log} now={now} url={url} action={ask} />
      {log.lastNumber > 0 && (
        <>
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <LogSearch derivation={log.derivation} q={q} matches={log.matches}>
              {steps}
            </LogSearch>
            {wrap}
          </div>
          <LogPages log={log} from={from} q={q} label="Pages of the log" />
          {log.lines.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
            <section tabIndex={0} aria-label="Lines of the log" className="log-box">
              <LogLines lines={log.lines} matches={log.matches} />
            </section>
          )}
          <LogPages log={log} from={from} q={q} label="Pages of the log, below it" />
        </>
      )}
    </section>
  )
}

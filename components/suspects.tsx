import type { ReactNode } from 'react'
import type { Suspect, Suspects as SuspectsAnswer } from '@/lib/contract/suspects'
import { CopyButton } from './copy-button'
import { RelativeTime } from './relative-time'
import { Revision } from './revision'

export interface SuspectsProps {
  readonly suspects: SuspectsAnswer
  readonly now: Date
  /** Web address of the nixpkgs repository. */
  readonly nixpkgsUrl: string
  /** What a person may do where commits are not read yet: a button of the page's island. */
  readonly action?: ReactNode
  /** Where the whole list stands: here are its first few then. */
  readonly listHref?: string | undefined
}

/** Commits that are shown at once; the rest of the list unfolds, or stands elsewhere. */
const SHOWN = 8
const SHOWN_IN_BRIEF = 3

/** The commits that may have broken a package, each with the reason for its place, and a line to bisect. */
export function Suspects({ suspects: answer, now, nixpkgsUrl, action, listHref }: SuspectsProps) {
  const { range, note, suspects, bisect, state } = answer
  const close = suspects
    .filter(({ closeness }) => closeness !== 'rest')
    .slice(0, listHref === undefined ? SHOWN : SHOWN_IN_BRIEF)
  const further = suspects.filter((suspect) => !close.includes(suspect))
  const isOpen = state === 'waiting' || state === 'unknown'
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 text-sm">
      <p className="text-muted">
        {note} {isOpen && action}
      </p>
      {range !== null && (
        <p>
          <Revision revision={range.from} nixpkgsUrl={nixpkgsUrl} /> (last good) →{' '}
          <Revision revision={range.to} nixpkgsUrl={nixpkgsUrl} /> (first bad) ·{' '}
          <a href={range.compareUrl} rel="noreferrer">
            compare on GitHub
          </a>
        </p>
      )}
      {close.length > 0 && <SuspectList suspects={close} now={now} />}
      {suspects.length > 0 && close.length === 0 && <p>No commit of the range is known to touch what fails.</p>}
      {further.length > 0 && listHref === undefined && (
        <details>
          <summary className="text-link">{furtherWords(further.length, close.length)}</summary>
          <SuspectList suspects={further} now={now} />
        </details>
      )}
      {bisect !== null && <BisectLine line={bisect} />}
      {listHref !== undefined && (
        <p>
          <a href={listHref}>
            {further.length > 0 ? `All ${suspects.length} suspects` : 'Suspects'} on the page of {answer.package}
          </a>
        </p>
      )}
    </div>
  )
}

function SuspectList({ suspects, now }: { suspects: readonly Suspect[]; now: Date }) {
  return (
    <ol className="grid gap-1">
      {suspects.map(({ sha, subject, url, reason, at }) => (
        <li key={sha} className="border-b border-line py-1">
          <a href={url} rel="noreferrer" className="font-mono text-xs">
            {sha.slice(0, 8)}
          </a>{' '}
          <span className="break-words font-medium">{subject || 'no message'}</span>
          <span className="block text-xs text-muted">
            {reason}
            {at !== null && (
              <>
                {' · '}
                <RelativeTime at={at} now={now} suffix=" ago" />
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** `tabIndex` lets a keyboard scroll the line (WCAG 2.1.1). */
function BisectLine({ line }: { line: string }) {
  return (
    <div>
      <p className="text-xs text-muted">
        Find it in a checkout of nixpkgs <CopyButton text={line} what="the bisect command" />
      </p>
      <section
        aria-label="Bisect command"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded border border-line bg-sunken px-2 py-1"
      >
        <code className="whitespace-pre text-xs">{line}</code>
      </section>
    </div>
  )
}

function furtherWords(further: number, close: number): string {
  return `${further} ${close > 0 ? 'further ' : ''}commit${further === 1 ? '' : 's'} of the range`
}

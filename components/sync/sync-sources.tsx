import { RelativeTime } from '@/components/relative-time'
import type { SyncReport } from '@/lib/contract/sync'
import { untilWords } from './spans'

type Source = SyncReport['sources'][number]

/** The sources: when each was last read, which lock files wait, and what was left out. */
export function SyncSources({ sources, now }: { sources: readonly Source[]; now: Date }) {
  return (
    <ul className="grid gap-4">
      {sources.map((source) => (
        <li key={source.id} className="grid gap-1">
          <p>
            <span className="font-medium">{source.id}</span> <span className="text-muted">{source.kind}</span>{' '}
            <code className="break-all text-muted">{source.url}</code>
          </p>
          <p>
            {source.readAt === null ? (
              'Never read in full yet.'
            ) : (
              <>
                Last read in full <RelativeTime at={source.readAt} now={now} suffix=" ago" />.
              </>
            )}
          </p>
          <WaitingLocks source={source} now={now} />
          <Skipped skipped={source.skipped} />
        </li>
      ))}
    </ul>
  )
}

function WaitingLocks({ source: { locksWaiting, locksRetryAt }, now }: { source: Source; now: Date }) {
  if (locksWaiting === 0) return null
  return (
    <p>
      {locksWaiting === 1 ? 'One lock file is' : `${locksWaiting} lock files are`} not read yet, so that many
      evaluations lack their nixpkgs revision
      {locksRetryAt === null ? '.' : `; the host's hourly budget lets us go on ${untilWords(locksRetryAt, now)}.`}
    </p>
  )
}

function Skipped({ skipped }: { skipped: Source['skipped'] }) {
  if (skipped.length === 0) return null
  const runs = skipped.reduce((sum, entry) => sum + entry.runs, 0)
  return (
    <details>
      <summary className="w-fit underline underline-offset-2">
        {runs === 1 ? 'One run was' : `${runs} runs were`} left out: no configured branch matches
      </summary>
      <ul className="mt-1">
        {skipped.map(({ name, runs: count }) => (
          <li key={name}>
            <code className="break-all">{name}</code>: {count}
          </li>
        ))}
      </ul>
    </details>
  )
}

import type { ReactNode } from 'react'

/** Before anything was read: what this will show, and how to begin. */
export function FirstRun({ isSyncing, syncHref }: { isSyncing: boolean; syncHref: string }) {
  return (
    <Empty title={isSyncing ? 'The first sync is running' : 'Nothing has been read yet'}>
      {isSyncing ? (
        <p>
          The newest evaluation of every branch comes first: rows appear here within a minute or so. The{' '}
          <a href={syncHref}>sync page</a> shows how far it is.
        </p>
      ) : (
        <p>
          The schedule starts a sync by itself. To start one now, run <code>npm run sync</code> or use the button on the{' '}
          <a href={syncHref}>sync page</a>.
        </p>
      )}
    </Empty>
  )
}

/** The filter leaves nothing. */
export function NothingMatches({ clearHref, onClear }: { clearHref: string; onClear?: () => void }) {
  return (
    <Empty title="No package matches">
      <p>
        Packages are found by name or attribute path.{' '}
        <a
          href={clearHref}
          onClick={(event) => {
            if (onClear === undefined) return
            event.preventDefault()
            onClear()
          }}
        >
          Clear all filters
        </a>
      </p>
    </Empty>
  )
}

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="max-w-[64ch] px-4 py-12">
      <h2 className="mb-1 text-lg font-semibold">{title}</h2>
      <div className="text-muted">{children}</div>
    </div>
  )
}

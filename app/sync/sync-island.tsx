'use client'

import { useQuery } from '@tanstack/react-query'
import { SyncRuns } from '@/components/sync/sync-runs'
import { SyncSources } from '@/components/sync/sync-sources'
import { SyncState } from '@/components/sync/sync-state'
import { syncQuery } from '@/lib/client/sync'

/** Keeps the report fresh; everything it draws is a pure view. */
export function SyncIsland() {
  const { data: report, dataUpdatedAt, isError } = useQuery(syncQuery())
  if (report === undefined) return null
  // Ages count from when the report was made, so that server and browser draw the same.
  const now = new Date(dataUpdatedAt)
  return (
    <>
      {isError && (
        <p role="alert" className="notice">
          The server does not answer. Below is what it last said; trying again.
        </p>
      )}
      <SyncState report={report} now={now} />
      <section aria-labelledby="runs" className="grid gap-2">
        <h2 id="runs" className="text-lg font-semibold">
          Runs
        </h2>
        <SyncRuns runs={report.runs} now={now} />
      </section>
      <section aria-labelledby="sources" className="grid gap-2">
        <h2 id="sources" className="text-lg font-semibold">
          Sources
        </h2>
        <SyncSources sources={report.sources} now={now} />
      </section>
    </>
  )
}

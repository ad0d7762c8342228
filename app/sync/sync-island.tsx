'use client'

import { useQuery } from '@tanstack/react-query'
import { Receivers } from '@/components/sync/receivers'
import { SyncRuns } from '@/components/sync/sync-runs'
import { SyncSources } from '@/components/sync/sync-sources'
import { SyncState } from '@/components/sync/sync-state'
import { SyncWaiting } from '@/components/sync/sync-waiting'
import { syncQuery } from '@/lib/client/sync'
import type { SyncReport } from '@/lib/contract/sync'
import { TryReceiver } from './try-receiver'

export interface SyncIslandProps {
  /** What stands until the browser has the report in its hands, and where it has none: the frame asked first. */
  readonly initial: SyncReport
  readonly serverNow: string
  readonly isSignedIn: boolean
}

/** Keeps the report fresh; everything it draws is a pure view. */
export function SyncIsland({ initial, serverNow, isSignedIn }: SyncIslandProps) {
  const { data, dataUpdatedAt, isError } = useQuery(syncQuery())
  const report = data ?? initial
  // Ages count from when the report was made, so that server and browser draw the same.
  const now = data === undefined ? new Date(serverNow) : new Date(dataUpdatedAt)
  return (
    <>
      {isError && (
        <p role="alert" className="notice">
          The server does not answer. Below is what it last said; trying again.
        </p>
      )}
      <SyncState report={report} now={now} />
      <SyncWaiting waiting={report.waiting} now={now} />
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
      <section aria-labelledby="notifications" className="grid gap-2">
        <h2 id="notifications" className="text-lg font-semibold">
          Notifications
        </h2>
        <Receivers
          receivers={report.receivers}
          now={now}
          toolsOf={(id) => (isSignedIn ? <TryReceiver receiver={id} /> : null)}
        />
      </section>
    </>
  )
}

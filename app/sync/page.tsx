import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import Link from 'next/link'
import { currentSession } from '@/app/current-session'
import { syncQuery } from '@/lib/client/sync'
import { paths } from '@/lib/contract/paths'
import { readSyncReport } from '@/lib/queries/sync-report'
import { nextSync } from '@/lib/sync/schedule'
import { ResyncForm } from './resync-form'
import { SyncIsland } from './sync-island'

export const metadata: Metadata = { title: 'Sync' }

export default async function SyncPage() {
  const [report, session] = await Promise.all([readSyncReport(nextSync()), currentSession()])
  const queryClient = new QueryClient()
  queryClient.setQueryData(syncQuery().queryKey, report)
  return (
    <div className="grid gap-6 p-4">
      <h1 className="text-xl font-semibold">Sync</h1>
      {session === null ? (
        <p>
          <Link href={paths.signInFrom(paths.sync())}>Sign in</Link> to start a sync by hand.
        </p>
      ) : (
        <ResyncForm sources={report.sources.map(({ id }) => id)} />
      )}
      <HydrationBoundary state={dehydrate(queryClient)}>
        <SyncIsland initial={report} serverNow={new Date().toISOString()} isSignedIn={session !== null} />
      </HydrationBoundary>
    </div>
  )
}

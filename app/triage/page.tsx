import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { currentSession } from '@/app/current-session'
import { getQueryClient } from '@/lib/client/query-client'
import { triageQuery } from '@/lib/client/triage'
import { paths } from '@/lib/contract/paths'
import { readFrame } from '@/lib/queries/frame'
import { readTriage } from '@/lib/queries/triage'
import { loadTriageSearchParams, toTriageParams } from './search-params'
import { TriageIsland } from './triage-island'

export const metadata: Metadata = {
  title: 'Triage',
  alternates: { types: { 'application/atom+xml': paths.feed() } },
}

/** Root causes that break something now: read here once, kept up to date by the island. */
export default async function TriagePage({ searchParams }: PageProps<'/triage'>) {
  const params = toTriageParams(await loadTriageSearchParams(searchParams))
  const now = new Date()
  const queryClient = getQueryClient()
  const [frame, session] = await Promise.all([
    readFrame(now),
    currentSession(),
    // The server reads the database itself; only the browser goes through the JSON API.
    queryClient.query({ ...triageQuery(params), queryFn: () => readTriage(params, now) }),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TriageIsland serverNow={now.toISOString()} nixpkgsUrl={frame.nixpkgsUrl} isSignedIn={session !== null} />
    </HydrationBoundary>
  )
}

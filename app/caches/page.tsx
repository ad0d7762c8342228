import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cachesQuery } from '@/lib/client/caches'
import { getQueryClient } from '@/lib/client/query-client'
import { paths } from '@/lib/contract/paths'
import { readCaches } from '@/lib/queries/caches'
import { CachesIsland } from './caches-island'
import { ExplainSection } from './explain-section'

export const metadata: Metadata = { title: 'Caches' }

/** The configured caches: whether they answer, what they hold, and how long it lasts there. */
export default async function CachesPage({ searchParams }: PageProps<'/caches'>) {
  const now = new Date()
  const { path = [] } = await searchParams
  const queryClient = getQueryClient()
  // The server reads the database itself; only the browser goes through the JSON API.
  await queryClient.query({ ...cachesQuery(), queryFn: () => readCaches(now) })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 p-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold">Caches</h1>
        <a href={paths.cachesJson()} className="text-sm">
          JSON
        </a>
      </div>
      <ExplainSection paths={[path].flat()} />
      <HydrationBoundary state={dehydrate(queryClient)}>
        <CachesIsland serverNow={now.toISOString()} />
      </HydrationBoundary>
    </div>
  )
}

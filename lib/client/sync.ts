import { queryOptions } from '@tanstack/react-query'
import { paths } from '@/lib/contract/paths'
import { SyncReportSchema } from '@/lib/contract/sync'

const RUNNING_MS = 2_000
const IDLE_MS = 30_000

/** Key and fetcher of the sync report, which is asked for often while a sync runs and rarely otherwise. */
export function syncQuery() {
  return queryOptions({
    queryKey: ['sync'],
    queryFn: async ({ signal }) => {
      const response = await fetch(paths.syncJson(), { signal })
      if (!response.ok) throw new Error(`The state of the sync could not be loaded (HTTP ${response.status})`)
      return SyncReportSchema.parse(await response.json())
    },
    staleTime: RUNNING_MS,
    refetchInterval: ({ state }) => ((state.data?.running ?? null) === null ? IDLE_MS : RUNNING_MS),
  })
}

import { queryOptions } from '@tanstack/react-query'
import { paths } from '@/lib/contract/paths'
import { SyncReportSchema } from '@/lib/contract/sync'
import { fetchJson } from './fetch-json'
import { REFRESH_MS, REFRESH_WHILE_SYNCING_MS } from './query-client'

/** What syncs do. Asked often while one runs: it decides how often everything else is asked. */
export function syncQuery() {
  return queryOptions({
    queryKey: ['sync'],
    queryFn: ({ signal }) => fetchJson(paths.syncJson(), SyncReportSchema, { signal }),
    refetchInterval: ({ state }) => (state.data?.running ? REFRESH_WHILE_SYNCING_MS : REFRESH_MS),
  })
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { createSerializer, useQueryStates } from 'nuqs'
import type { TriageFilter } from '@/components/triage/triage-filters'
import { REFRESH_MS, REFRESH_WHILE_SYNCING_MS } from '@/lib/client/query-client'
import { syncQuery } from '@/lib/client/sync'
import { triageQuery } from '@/lib/client/triage'
import { paths } from '@/lib/contract/paths'
import { type TriageSearch, toTriageParams, triageSearchParams } from './search-params'

const toQuery = createSerializer(triageSearchParams)

/** Root causes for what stands in the address, kept up to date. */
export function useTriage() {
  const [search, setSearch] = useQueryStates(triageSearchParams)
  const params = toTriageParams(search)
  const sync = useQuery(syncQuery())
  const refetchInterval = sync.data?.running ? REFRESH_WHILE_SYNCING_MS : REFRESH_MS
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...triageQuery(params), refetchInterval })
  return {
    params,
    triage: data,
    isBusy: isPlaceholderData,
    fault: error === null ? null : { message: error.message, onRetry: () => void refetch() },
    /** Another filter begins again at the worst cause. */
    setFilter: (change: Partial<TriageFilter>) => void setSearch({ ...change, offset: 0 }),
    clear: () => void setSearch(null),
    hrefOf: (change: Partial<TriageSearch>) => toQuery(paths.triage(), { ...search, ...change }),
  }
}

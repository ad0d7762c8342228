import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type DiffParams, DiffSchema } from '@/lib/contract/diff'
import { paths } from '@/lib/contract/paths'
import { fetchJson } from './fetch-json'

/** Key and fetcher together, so the server's prefetch and the browser's refetch cannot drift apart. */
export function diffQuery(params: DiffParams) {
  const address = paths.diffJson(params)
  return queryOptions({
    queryKey: ['diff', address],
    queryFn: ({ signal }) => fetchJson(address, DiffSchema, { signal }),
    placeholderData: keepPreviousData,
  })
}

import { queryOptions } from '@tanstack/react-query'
import { CachesSchema } from '@/lib/contract/caches'
import { paths } from '@/lib/contract/paths'
import { fetchJson } from './fetch-json'

/** The configured caches. */
export function cachesQuery() {
  return queryOptions({
    queryKey: ['caches'],
    queryFn: ({ signal }) => fetchJson(paths.cachesJson(), CachesSchema, { signal }),
  })
}

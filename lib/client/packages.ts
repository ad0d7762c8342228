import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Packages, PackagesSchema } from '@/lib/contract/package'
import { paths } from '@/lib/contract/paths'
import { fetchJson } from './fetch-json'

/** The first packages that a text finds; of no text, none. */
export function packagesQuery(q: string, limit: number) {
  const address = paths.packagesJson(new URLSearchParams({ q, limit: String(limit) }))
  return queryOptions({
    queryKey: ['packages', address],
    queryFn: ({ signal }): Promise<Packages> => fetchJson(address, PackagesSchema, { signal }),
    placeholderData: keepPreviousData,
    enabled: q !== '',
  })
}

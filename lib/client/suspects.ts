import { queryOptions } from '@tanstack/react-query'
import { paths } from '@/lib/contract/paths'
import { type Suspects, SuspectsSchema } from '@/lib/contract/suspects'
import { fetchJson } from './fetch-json'

/** The commits that may have broken a package on a branch. */
export function suspectsQuery(name: string, branch: string) {
  return queryOptions({
    queryKey: ['suspects', { name, branch }],
    queryFn: ({ signal }) => fetchJson(paths.suspectsJson(name, branch), SuspectsSchema, { signal }),
  })
}

/** Has the commits read now. Throws an `Error` whose message may be shown. */
export function readSuspectsNow(name: string, branch: string): Promise<Suspects> {
  const post: typeof fetch = (input, init) => fetch(input, { ...init, method: 'POST' })
  return fetchJson(paths.suspectsJson(name, branch), SuspectsSchema, { fetch: post })
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { paths } from '@/lib/contract/paths'
import { type TriageParams, TriageSchema, toTriageQuery } from '@/lib/contract/triage'
import { fetchJson } from './fetch-json'

/** Root causes for a filter. Every key begins with `triage`: a change by a person asks all of them again. */
export function triageQuery(params: TriageParams) {
  const query = toTriageQuery(params).toString()
  return queryOptions({
    queryKey: ['triage', query],
    queryFn: ({ signal }) => fetchJson(paths.triageJson(query), TriageSchema, { signal }),
    placeholderData: keepPreviousData,
  })
}

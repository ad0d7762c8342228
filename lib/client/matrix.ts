import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { MATRIX_PAGE_ROWS, type MatrixParams, MatrixSchema } from '@/lib/contract/matrix'
import { toMatrixQuery } from '@/lib/contract/matrix-query'
import { paths } from '@/lib/contract/paths'
import { fetchJson } from './fetch-json'

/** Key and fetcher together, so the server's prefetch and the browser's refetch cannot drift apart. */
export function matrixQuery(params: MatrixParams) {
  const query = toMatrixQuery(params).toString()
  return queryOptions({
    queryKey: ['matrix', query],
    queryFn: ({ signal }) => fetchJson(paths.matrixJson(query), MatrixSchema, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** One page of rows beyond the first, without what only its cards need. */
export function matrixPageQuery(params: MatrixParams, page: number) {
  const offset = params.offset + page * MATRIX_PAGE_ROWS
  const { placeholderData: _none, ...options } = matrixQuery({
    ...params,
    offset,
    limit: MATRIX_PAGE_ROWS,
    view: 'compact',
  })
  return options
}

/** The row of one package in full, under the same filters. */
export function matrixPackageQuery(params: MatrixParams, name: string) {
  const { placeholderData: _none, ...options } = matrixQuery({
    ...params,
    q: '',
    package: [name],
    offset: 0,
    limit: 1,
    view: 'full',
  })
  return options
}

/** Packages whose name holds the text, for the palette. */
export function matrixSearchQuery(q: string) {
  const query = toMatrixQuery({ ...NO_FILTER, q, limit: 20, view: 'compact' }).toString()
  return queryOptions({
    queryKey: ['matrix', query],
    queryFn: ({ signal }) => fetchJson(paths.matrixJson(query), MatrixSchema, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** The heads of all branches alone. */
export function branchesQuery() {
  const query = toMatrixQuery({ ...NO_FILTER, limit: 1, view: 'compact' }).toString()
  return queryOptions({
    queryKey: ['branches'],
    queryFn: async ({ signal }) => (await fetchJson(paths.matrixJson(query), MatrixSchema, { signal })).branches,
  })
}

const NO_FILTER: MatrixParams = {
  q: '',
  status: [],
  package: [],
  branch: [],
  system: [],
  variant: [],
  changed: false,
  ready: null,
  sort: 'name',
  limit: MATRIX_PAGE_ROWS,
  offset: 0,
  after: null,
  view: 'full',
}

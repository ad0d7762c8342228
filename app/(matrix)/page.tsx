import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { matrixQuery } from '@/lib/client/matrix'
import { getQueryClient } from '@/lib/client/query-client'
import { questionOf } from '@/lib/contract/explain-question'
import { paths } from '@/lib/contract/paths'
import { readFrame } from '@/lib/queries/frame'
import { readMatrix } from '@/lib/queries/matrix'
import { MatrixIsland } from './matrix-island'
import { loadMatrixSearchParams, toMatrixParams } from './search-params'

export const metadata: Metadata = { alternates: { types: { 'application/atom+xml': paths.feed() } } }

/** The matrix: read here once, kept up to date by the island. */
export default async function MatrixPage({ searchParams }: PageProps<'/'>) {
  const params = toMatrixParams(await loadMatrixSearchParams(searchParams))
  // A store path in the search of another page, or without JavaScript.
  const [asked] = questionOf(params.q).paths
  if (asked !== undefined) redirect(paths.explain(asked.path))
  const now = new Date()
  const queryClient = getQueryClient()
  const [frame] = await Promise.all([
    readFrame(now),
    // The server reads the database itself; only the browser goes through the JSON API.
    queryClient.query({ ...matrixQuery(params), queryFn: () => readMatrix(params, now) }),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <MatrixIsland serverNow={now.toISOString()} nixpkgsUrl={frame.nixpkgsUrl} packages={frame.packages} />
    </HydrationBoundary>
  )
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { diffQuery } from '@/lib/client/diff'
import { getQueryClient } from '@/lib/client/query-client'
import { paths } from '@/lib/contract/paths'
import { readDiff } from '@/lib/queries/diff'
import { readDiffChoices } from '@/lib/queries/diff-choices'
import { readFrame } from '@/lib/queries/frame'
import { DiffIsland } from './diff-island'
import { loadDiffSearchParams, toDiffParams } from './search-params'

export const metadata: Metadata = { title: 'Diff' }

/** Two evaluations side by side: read here once, the island chooses others. */
export default async function DiffPage({ searchParams }: PageProps<'/diff'>) {
  const now = new Date()
  const [search, frame] = await Promise.all([loadDiffSearchParams(searchParams), readFrame(now)])
  const branches = frame.branches.map(({ name, title }) => ({ name, title }))
  const params = toDiffParams(search, branches[0]?.name ?? '')
  const [diff, choices] = await Promise.all([readDiff(params), readDiffChoices(branches)])
  const queryClient = getQueryClient()
  if (!('reason' in diff)) queryClient.setQueryData(diffQuery(params).queryKey, diff)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <DiffIsland
        choices={choices}
        branches={branches}
        nixpkgsUrl={frame.nixpkgsUrl}
        serverNow={now.toISOString()}
        refused={'reason' in diff ? { address: paths.diffJson(params), reason: diff.reason } : null}
      />
    </HydrationBoundary>
  )
}

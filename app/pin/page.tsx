import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { packagesQuery } from '@/lib/client/packages'
import { pinQuery } from '@/lib/client/pin'
import { getQueryClient } from '@/lib/client/query-client'
import { PackagesParamsSchema } from '@/lib/contract/package'
import { readFrame } from '@/lib/queries/frame'
import { readHeadline } from '@/lib/queries/headline'
import { readPackages } from '@/lib/queries/packages'
import { readPin } from '@/lib/queries/pin'
import { PinIsland } from './pin-island'
import { FOUND_MAX, loadPinSearchParams, toPinChoice } from './search-params'

export const metadata: Metadata = { title: 'Pin' }

/** The revision to pin for chosen packages, branch by branch: read here once, the island chooses others. */
export default async function PinPage({ searchParams }: PageProps<'/pin'>) {
  const now = new Date()
  const [search, frame] = await Promise.all([loadPinSearchParams(searchParams), readFrame(now)])
  const branches = frame.branches.map(({ name, title }) => ({ name, title }))
  const headline = readHeadline()
  const choice = toPinChoice(search, { headline, branches: branches.map(({ name }) => name) })
  const queryClient = getQueryClient()
  await Promise.all(
    choice.branches.map(async (branch) => {
      const answer = await readPin({ branch, package: [...choice.packages] }, now)
      queryClient.setQueryData(pinQuery(branch, choice.packages).queryKey, answer)
    }),
  )
  if (search.q !== '') {
    const found = await readPackages(PackagesParamsSchema.parse({ q: search.q, limit: FOUND_MAX }))
    queryClient.setQueryData(packagesQuery(search.q, FOUND_MAX).queryKey, found)
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PinIsland {...{ branches, headline }} nixpkgsUrl={frame.nixpkgsUrl} serverNow={now.toISOString()} />
    </HydrationBoundary>
  )
}

import type { Metadata } from 'next'
import { PackagesParamsSchema } from '@/lib/contract/package'
import { readFrame } from '@/lib/queries/frame'
import { readPackages } from '@/lib/queries/packages'
import { BadgesIsland } from './badges-island'

export const metadata: Metadata = { title: 'Badges' }

/** Badges to choose, look at and copy. */
export default async function BadgesPage() {
  const [frame, { packages }] = await Promise.all([readFrame(), readPackages(PackagesParamsSchema.parse({}))])
  return (
    <BadgesIsland
      branches={frame.branches.map(({ name, title }) => ({ name, title }))}
      packages={packages.map(({ name }) => name)}
      publicUrl={frame.publicUrl}
    />
  )
}

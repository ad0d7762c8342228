import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { segmentOf } from '@/app/segment-of'
import { SuspectsIsland } from '@/app/suspects-island'
import { isBrokenNow } from '@/components/package/package-causes'
import { PackageView } from '@/components/package/package-view'
import { paths } from '@/lib/contract/paths'
import { readFrame } from '@/lib/queries/frame'
import { readPackage } from '@/lib/queries/package'
import { readSuspects } from '@/lib/queries/suspects'

export async function generateMetadata({ params }: PageProps<'/packages/[package]'>): Promise<Metadata> {
  const name = segmentOf((await params).package)
  return { title: name, alternates: { types: { 'application/atom+xml': paths.packageFeed(name) } } }
}

/** One package over all branches. */
export default async function PackagePage({ params }: PageProps<'/packages/[package]'>) {
  const now = new Date()
  const name = segmentOf((await params).package)
  const [found, frame] = await Promise.all([readPackage(name, now), readFrame(now)])
  if (found === null) notFound()
  const broken = found.branches.filter(isBrokenNow)
  const read = await Promise.all(broken.map((branch) => readSuspects({ branch: branch.name, row: name })))
  const suspects = new Map(
    read.flatMap((stored) => {
      if (stored === null) return []
      const props = { stored, now, nixpkgsUrl: frame.nixpkgsUrl }
      return [[stored.branch, <SuspectsIsland key={stored.branch} {...props} />] as const]
    }),
  )
  return <PackageView {...{ found, frame, now, suspects }} />
}

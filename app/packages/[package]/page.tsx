import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PackageView } from '@/components/package/package-view'
import { readFrame } from '@/lib/queries/frame'
import { readPackage } from '@/lib/queries/package'

export async function generateMetadata({ params }: PageProps<'/packages/[package]'>): Promise<Metadata> {
  return { title: nameOf(await params) }
}

/** One package over all branches. */
export default async function PackagePage({ params }: PageProps<'/packages/[package]'>) {
  const now = new Date()
  const [found, frame] = await Promise.all([readPackage(nameOf(await params), now), readFrame(now)])
  if (found === null) notFound()
  return <PackageView found={found} frame={frame} now={now} />
}

// Next hands the segment over as it stands in the address.
function nameOf(params: { package: string }): string {
  try {
    return decodeURIComponent(params.package)
  } catch {
    return params.package
  }
}

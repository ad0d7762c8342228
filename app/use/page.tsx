import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { UseView } from '@/components/use/use-view'
import { UseParamsSchema } from '@/lib/contract/use'
import { readFrame } from '@/lib/queries/frame'
import { readUse } from '@/lib/queries/use'
import { loadUseSearchParams } from './search-params'

export const metadata: Metadata = { title: 'Use' }

/** How to use the caches and the packages, with the values of this installation. */
export default async function UsePage({ searchParams }: PageProps<'/use'>) {
  const asked = UseParamsSchema.safeParse(await loadUseSearchParams(searchParams))
  const now = new Date()
  const [use, { nixpkgsUrl }] = await Promise.all([asked.success ? readUse(asked.data, now) : null, readFrame(now)])
  if (use === null) notFound()
  return (
    <div className="pb-12">
      <h1 className="px-4 pt-3 text-lg font-semibold">Use</h1>
      <UseView use={use} now={now} nixpkgsUrl={nixpkgsUrl} />
    </div>
  )
}

import type { Metadata } from 'next'
import { CachesView } from '@/components/caches/caches-view'
import { readCaches } from '@/lib/queries/caches'

export const metadata: Metadata = { title: 'Caches' }

/** The configured caches: whether they answer, what they hold, and how long it lasts there. */
export default async function CachesPage() {
  const now = new Date()
  const { caches } = await readCaches(now)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 p-4">
      <h1 className="text-xl font-semibold">Caches</h1>
      <CachesView caches={caches} now={now} />
    </div>
  )
}

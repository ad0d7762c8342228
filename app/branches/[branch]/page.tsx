import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { segmentOf } from '@/app/segment-of'
import { BranchFacts } from '@/components/evaluations/branch-facts'
import { EvaluationList } from '@/components/evaluations/evaluation-list'
import { PassRateChart } from '@/components/evaluations/pass-rate-chart'
import { FeedLink } from '@/components/feeds/feed-link'
import { EvaluationsParamsSchema } from '@/lib/contract/evaluations'
import { paths } from '@/lib/contract/paths'
import { readBranchEvaluations } from '@/lib/queries/branch-evaluations'
import { readBranchHead } from '@/lib/queries/branch-head'
import { readFrame } from '@/lib/queries/frame'
import { loadBranchSearchParams } from './search-params'

export async function generateMetadata({ params }: PageProps<'/branches/[branch]'>): Promise<Metadata> {
  const name = segmentOf((await params).branch)
  const head = await readBranchHead(name)
  if (head === null) return { title: 'No such branch' }
  return { title: head.title, alternates: { types: { 'application/atom+xml': paths.branchFeed(name) } } }
}

/** One branch: how it stands, and every evaluation of it. */
export default async function BranchPage({ params, searchParams }: PageProps<'/branches/[branch]'>) {
  const name = segmentOf((await params).branch)
  const { before } = await loadBranchSearchParams(searchParams)
  const now = new Date()
  const [head, list, frame] = await Promise.all([
    readBranchHead(name, now),
    readBranchEvaluations(name, EvaluationsParamsSchema.parse({ before })),
    readFrame(now),
  ])
  if (head === null || list === null) notFound()
  const { nixpkgsUrl } = frame
  return (
    <div className="pb-12">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 pt-3">
        <h1 className="text-lg font-semibold">{head.title}</h1>
        <a href={paths.matrixOf(name)} className="text-sm">
          In the matrix
        </a>
        <a href={paths.diffOf({ branch: name })} className="text-sm">
          What changed last
        </a>
        <FeedLink href={paths.branchFeed(name)} />
      </div>
      {before === null && <BranchFacts branch={head} now={now} nixpkgsUrl={nixpkgsUrl} />}
      <h2 className="px-4 pt-6 pb-2 text-base font-semibold">Evaluations{before !== null && ', older ones'}</h2>
      {list.evaluations.length === 0 ? (
        <p className="px-4 text-muted">
          {before === null ? 'None has been read yet.' : 'None is older than that; the address may be old.'}
        </p>
      ) : (
        <>
          <div className="max-w-3xl px-4 pb-4">
            <PassRateChart title={head.title} evaluations={list.evaluations} />
          </div>
          <EvaluationList title={head.title} evaluations={list.evaluations} now={now} nixpkgsUrl={nixpkgsUrl} />
        </>
      )}
      <nav aria-label="Pages of evaluations" className="flex gap-4 px-4 py-3 text-sm empty:hidden">
        {before !== null && <a href={paths.branch(name)}>Newest</a>}
        {list.next !== null && (
          <a rel="next" href={paths.branchBefore(name, list.next)}>
            Older evaluations
          </a>
        )}
      </nav>
    </div>
  )
}

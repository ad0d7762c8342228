import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { createSerializer } from 'nuqs/server'
import { segmentOf } from '@/app/segment-of'
import { groupedNumber } from '@/components/age'
import { AttributeTable } from '@/components/evaluations/attribute-table'
import { EvaluationCauses } from '@/components/evaluations/evaluation-causes'
import { EvaluationFacts } from '@/components/evaluations/evaluation-facts'
import { filterAttributes } from '@/components/evaluations/filter-attributes'
import { RowPages } from '@/components/row-pages'
import { SectionHead } from '@/components/section-head'
import { paths } from '@/lib/contract/paths'
import { STATUSES } from '@/lib/domain/status'
import { readEvaluationDetail } from '@/lib/queries/evaluation-detail'
import { readFrame } from '@/lib/queries/frame'
import { AttributeFilters } from './attribute-filters'
import { evaluationSearchParams, loadEvaluationSearchParams } from './search-params'

const PAGE_ROWS = 200
const toQuery = createSerializer(evaluationSearchParams)

export const metadata: Metadata = { title: 'Evaluation' }

/** One evaluation: which run it is, its root causes, and all its attributes. */
export default async function EvaluationPage({ params, searchParams }: PageProps<'/evaluations/[id]'>) {
  const id = segmentOf((await params).id)
  const now = new Date()
  const [detail, frame, search] = await Promise.all([
    readEvaluationDetail(id),
    readFrame(now),
    loadEvaluationSearchParams(searchParams),
  ])
  if (detail === null) notFound()
  const { evaluation, branch, counts, rootCauses, attributes } = detail
  const titles = new Map(frame.branches.map(({ name, title }) => [name, title]))
  const found = filterAttributes(attributes, search)
  const offset = Math.min(search.offset, Math.max(0, found.length - 1))
  return (
    <div className="pb-12">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 pt-3">
        <h1 className="text-lg font-semibold">Evaluation #{evaluation.index}</h1>
        {titles.has(branch) && (
          <a href={paths.branch(branch)} className="text-sm">
            {titles.get(branch)}
          </a>
        )}
        <a href={paths.diffOf({ to: id })} className="text-sm">
          Diff with the one before
        </a>
      </div>
      {evaluation.error !== null && (
        <div className="notice mt-3">
          <p className="font-semibold">
            {evaluation.state === 'failed' ? 'It failed as a whole' : 'It is incomplete'}: what is missing from it
            counts as not evaluating.
          </p>
          <pre className="mt-1 font-mono text-xs break-words whitespace-pre-wrap">{evaluation.error}</pre>
        </div>
      )}
      <EvaluationFacts {...{ detail, now }} nixpkgsUrl={frame.nixpkgsUrl} />
      <EvaluationCauses causes={rootCauses} titles={titles} />
      <section aria-labelledby="attributes">
        <SectionHead id="attributes" count={attributes.length}>
          Attributes
        </SectionHead>
        <AttributeFilters
          action={paths.evaluation(id)}
          statuses={STATUSES.flatMap((status) => ({ status, count: counts[status] ?? 0 })).filter(
            ({ count }) => count > 0,
          )}
          found={`${groupedNumber(found.length)} of ${groupedNumber(attributes.length)}`}
        />
        {found.length === 0 ? (
          <p className="px-4 text-muted">
            {attributes.length === 0 ? 'It has no attributes.' : 'No attribute matches.'}{' '}
            {attributes.length > 0 && <a href={paths.evaluation(id)}>Clear the filter</a>}
          </p>
        ) : (
          <AttributeTable attributes={found.slice(offset, offset + PAGE_ROWS)} />
        )}
        <RowPages
          offset={offset}
          pageSize={PAGE_ROWS}
          total={found.length}
          hrefOf={(at) => toQuery(paths.evaluation(id), { ...search, offset: at })}
        />
      </section>
    </div>
  )
}

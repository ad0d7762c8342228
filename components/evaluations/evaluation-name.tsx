import { RelativeTime } from '@/components/relative-time'
import type { Evaluation } from '@/lib/contract/evaluation'
import { paths } from '@/lib/contract/paths'

export interface EvaluationNameProps {
  readonly evaluation: Pick<Evaluation, 'id' | 'index' | 'startedAt' | 'finishedAt'>
  readonly now: Date
}

/** The head of a row that speaks of one evaluation: its number, which leads to it, and its age. */
export function EvaluationName({ evaluation, now }: EvaluationNameProps) {
  const { id, index, startedAt, finishedAt } = evaluation
  return (
    <th scope="row" className="whitespace-nowrap">
      <a href={paths.evaluation(id)} className="tabular font-medium">
        #{index}
      </a>{' '}
      <span className="text-muted">
        <RelativeTime at={finishedAt ?? startedAt} now={now} suffix=" ago" />
      </span>
    </th>
  )
}

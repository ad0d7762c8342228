import type { Evaluations } from '@/lib/contract/evaluations'
import { paths } from '@/lib/contract/paths'
import { CountsLine } from './counts-line'
import { durationWords } from './duration'
import { EvaluationName } from './evaluation-name'
import { EvaluationState } from './evaluation-state'
import { NixpkgsOf } from './nixpkgs-of'

export interface EvaluationListProps {
  readonly title: string
  readonly evaluations: Evaluations['evaluations']
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** Every evaluation of a branch, newest first. What decides nothing says so in words. */
export function EvaluationList({ title, evaluations, now, nixpkgsUrl }: EvaluationListProps) {
  return (
    <table className="list-table">
      <caption className="sr-only">Evaluations of {title}, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Evaluation</th>
          <th scope="col">State</th>
          <th scope="col">Attributes</th>
          <th scope="col">nixpkgs</th>
          <th scope="col" className="max-md:hidden!">
            Took
          </th>
          <th scope="col">Diff</th>
        </tr>
      </thead>
      <tbody>
        {evaluations.map((one) => (
          <tr key={one.id} data-muted={!isDeciding(one) || undefined}>
            <EvaluationName evaluation={one} now={now} />
            <td>
              <EvaluationState evaluation={one} />
              {one.error !== null && (
                <span className="line-clamp-2 text-xs text-muted" title={one.error}>
                  {one.error}
                </span>
              )}
            </td>
            <td>
              <CountsLine counts={one.counts} />
            </td>
            <td>
              <NixpkgsOf evaluation={one} nixpkgsUrl={nixpkgsUrl} />
            </td>
            <td className="tabular whitespace-nowrap text-muted max-md:hidden!">
              {durationWords(one.startedAt, one.finishedAt)}
            </td>
            <td>
              <a href={paths.diffOf({ to: one.id })} className="whitespace-nowrap">
                with the one before
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function isDeciding({ state, isSuperseded }: Evaluations['evaluations'][number]): boolean {
  return (state === 'finished' || state === 'failed') && !isSuperseded
}

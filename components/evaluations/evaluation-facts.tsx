import { exactTime } from '@/components/age'
import { CopyButton } from '@/components/copy-button'
import { RelativeTime } from '@/components/relative-time'
import type { EvaluationDetail } from '@/lib/contract/evaluations'
import { CountsLine } from './counts-line'
import { durationWords } from './duration'
import { EvaluationState } from './evaluation-state'
import { Fact } from './fact'
import { NixpkgsOf } from './nixpkgs-of'

export interface EvaluationFactsProps {
  readonly detail: EvaluationDetail
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** Which run this is, of which revisions, and how it went. */
export function EvaluationFacts({ detail: { evaluation, counts }, now, nixpkgsUrl }: EvaluationFactsProps) {
  const { startedAt, finishedAt, observedAt, ciRevision } = evaluation
  const took = durationWords(startedAt, finishedAt)
  return (
    <dl className="fact-list px-4 pt-3">
      <Fact term="state">
        <EvaluationState evaluation={evaluation} />
      </Fact>
      <Fact term="started">
        <RelativeTime at={startedAt} now={now} suffix=" ago" />, {exactTime(startedAt)}
        {took !== null && `, took ${took}`}
      </Fact>
      <Fact term="read">
        {observedAt === null ? (
          'its results are not read yet'
        ) : (
          <>
            results as read <RelativeTime at={observedAt} now={now} suffix=" ago" />
          </>
        )}
      </Fact>
      <Fact term="attributes">
        <CountsLine counts={counts} />
      </Fact>
      <Fact term="nixpkgs">
        <NixpkgsOf {...{ evaluation, nixpkgsUrl }} />
      </Fact>
      <Fact term="CI revision">
        <code>{ciRevision.slice(0, 8)}</code>
        <CopyButton text={ciRevision} what="revision of the CI repository" />
        {evaluation.ref !== null && <> on {evaluation.ref}</>}
      </Fact>
      <Fact term="source">
        <a href={evaluation.url} rel="noreferrer">
          {evaluation.source}, {evaluation.handler}, run {evaluation.index}
        </a>
      </Fact>
    </dl>
  )
}

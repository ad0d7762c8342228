import { groupedNumber } from '@/components/age'
import { RelativeTime } from '@/components/relative-time'
import { Revision } from '@/components/revision'
import { unreadyWords } from '@/components/unready-words'
import type { MatrixBranch } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { CountsLine } from './counts-line'
import { Fact } from './fact'
import { NixpkgsOf } from './nixpkgs-of'

export interface BranchFactsProps {
  readonly branch: MatrixBranch
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** How a branch stands: what it shows, how far that can be relied on, and why not. */
export function BranchFacts({ branch, now, nixpkgsUrl }: BranchFactsProps) {
  const { evaluation, running, upstream, freshness } = branch
  const unready = unreadyWords(branch.unready)
  return (
    <>
      {freshness === 'stale' && (
        <p className="notice">
          <strong className="font-semibold">Stale:</strong> {branch.staleReasons.join(' ')}
        </p>
      )}
      {branch.evaluationError !== null && (
        <p className="notice">
          The newest evaluation failed as a whole, so every package counts as not evaluating: {branch.evaluationError}
        </p>
      )}
      <dl className="fact-list px-4 pt-3" data-stale={freshness !== 'fresh' || undefined}>
        <Fact term="shown">
          <Shown branch={branch} now={now} />
        </Fact>
        <Fact term="running">
          {running && (
            <>
              <a href={paths.evaluation(running.id)}>#{running.index}</a> since{' '}
              <RelativeTime at={running.startedAt} now={now} />
            </>
          )}
        </Fact>
        <Fact term="ready">
          {evaluation && `${groupedNumber(branch.ready)} of ${groupedNumber(branch.packages)} packages`}
          {unready !== '' && `; built, not ready: ${unready}`}
        </Fact>
        <Fact term="attributes">{evaluation && <CountsLine counts={branch.counts} />}</Fact>
        <Fact term="nixpkgs">{evaluation && <NixpkgsOf evaluation={evaluation} nixpkgsUrl={nixpkgsUrl} />}</Fact>
        <Fact term="upstream">
          {upstream === null ? (
            evaluation && 'no branch of that name upstream'
          ) : (
            <>
              <Revision revision={upstream.revision} nixpkgsUrl={nixpkgsUrl} />
              {behindWords(upstream.behindDays)}
            </>
          )}
        </Fact>
        <Fact term="note">{branch.note}</Fact>
      </dl>
    </>
  )
}

function Shown({ branch: { evaluation, freshness }, now }: Omit<BranchFactsProps, 'nixpkgsUrl'>) {
  if (evaluation === null) return 'No evaluation has finished yet, so nothing is known of any package here.'
  return (
    <>
      <a href={paths.evaluation(evaluation.id)}>#{evaluation.index}</a>, {freshness}
      {evaluation.finishedAt !== null && (
        <>
          , finished <RelativeTime at={evaluation.finishedAt} now={now} suffix=" ago" />
        </>
      )}
    </>
  )
}

function behindWords(days: number | null): string {
  if (days === null) return ''
  return days < 0.05 ? ', not behind' : `, ${days.toFixed(1)} d behind`
}

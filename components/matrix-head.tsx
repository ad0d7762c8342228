import type { MatrixBranch } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { isBroken } from '@/lib/domain/status'
import { groupedNumber } from './age'
import { RelativeTime } from './relative-time'
import { unreadyWords } from './unready-words'

/** The head of one column: what was built, how well, and how far it can be relied on. */
export function MatrixHead({ branch, isShown, now }: { branch: MatrixBranch; isShown: boolean; now: Date }) {
  const { evaluation, freshness } = branch
  return (
    <th
      scope="col"
      data-branch={branch.name}
      data-shown={isShown || undefined}
      data-stale={freshness !== 'fresh' || undefined}
    >
      <div className="flex flex-col gap-1 px-3 pt-2 pb-2">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <a href={paths.branch(branch.name)} className="truncate text-sm font-semibold text-ink!" title={branch.title}>
            {branch.title}
          </a>
          {evaluation?.finishedAt && (
            <a href={paths.evaluation(evaluation.id)} className="text-xs text-muted!">
              <RelativeTime at={evaluation.finishedAt} now={now} suffix=" ago" />
            </a>
          )}
        </div>
        {evaluation === null ? <p className="text-xs text-muted">never evaluated</p> : <ReadyLine branch={branch} />}
        <Notes branch={branch} now={now} />
      </div>
    </th>
  )
}

function ReadyLine({ branch }: { branch: MatrixBranch }) {
  const broken = sumOf(branch, isBroken)
  const built = branch.counts.succeeded
  const rest = sumOf(branch, () => true) - broken - built
  const words = `${built} built, ${broken} broken, ${rest} undecided, counted by attribute`
  return (
    <div className="flex items-center gap-2 text-xs">
      <span className="font-medium whitespace-nowrap">
        {groupedNumber(branch.ready)}/{groupedNumber(branch.packages)} ready
      </span>
      <span
        role="img"
        aria-label={words}
        title={words}
        className="flex h-1.5 min-w-6 flex-1 gap-px overflow-hidden rounded-full"
      >
        <Bar className="bar-good" share={built} />
        <Bar className="bar-bad" share={broken} />
        <Bar className="bar-idle" share={rest} />
      </span>
      {broken > 0 && <span className="whitespace-nowrap text-muted">{groupedNumber(broken)} broken</span>}
    </div>
  )
}

function Bar({ className, share }: { className: string; share: number }) {
  return share > 0 ? <span className={className} style={{ flexGrow: share }} /> : null
}

function sumOf({ counts }: MatrixBranch, isCounted: (status: keyof MatrixBranch['counts']) => boolean): number {
  const statuses = Object.keys(counts).filter((status): status is keyof MatrixBranch['counts'] => status in counts)
  return statuses.filter(isCounted).reduce((sum, status) => sum + counts[status], 0)
}

function Notes({ branch, now }: { branch: MatrixBranch; now: Date }) {
  const behind = branch.upstream?.behindDays ?? null
  const unready = unreadyWords(branch.unready)
  return (
    <div className="text-xs text-muted [&>p]:line-clamp-2">
      {branch.running && (
        <p className="text-(--busy)!">
          <a href={branch.running.url} rel="noreferrer" className="text-inherit!">
            building #{branch.running.index}
          </a>{' '}
          since <RelativeTime at={branch.running.startedAt} now={now} />
        </p>
      )}
      {branch.freshness === 'stale' && (
        <p className="font-medium text-ink" title={branch.staleReasons.join(' ')}>
          stale: {branch.staleReasons.join(' ')}
        </p>
      )}
      {branch.evaluationError !== null && (
        <p className="text-(--lost)!" title={branch.evaluationError}>
          does not evaluate: {branch.evaluationError}
        </p>
      )}
      {unready !== '' && <p>built, not ready: {unready}</p>}
      <p title={branch.note ?? undefined}>
        {[...(behind !== null && behind >= 0.05 ? [`${behind.toFixed(1)} d behind upstream`] : []), branch.note ?? []]
          .flat()
          .join(' · ')}
      </p>
    </div>
  )
}

import type { Diff } from '@/lib/contract/diff'
import type { ListedEvaluation } from '@/lib/contract/evaluation'
import { paths } from '@/lib/contract/paths'

/** What a reader must know of the two sides before trusting the rows. */
export function DiffNotices({ diff: { from, to, entries, noLongerCached } }: { diff: Diff }) {
  if (from.id === to.id) {
    return (
      <p className="notice">
        Both sides are the same evaluation, so nothing can have changed. What stands below is what fails in it.
      </p>
    )
  }
  const isNothing = entries.length === 0 && noLongerCached.length === 0
  return (
    <>
      <SideNotice side={from} which="The older side" />
      <SideNotice side={to} which="The newer side" />
      {isBackwards(from, to) && (
        <p className="notice">
          The right side is older than the left: newly failing is what has been fixed since, and the other way round.{' '}
          <a href={paths.diffOf({ from: to.id, to: from.id })}>Swap them</a>
        </p>
      )}
      {isNothing && (
        <p className="px-4 pt-6 text-muted">
          No attribute changed its health, and none that was cached is missing from its cache.
        </p>
      )}
    </>
  )
}

function isBackwards(from: ListedEvaluation, to: ListedEvaluation): boolean {
  return from.branch === to.branch && Date.parse(from.startedAt) > Date.parse(to.startedAt)
}

function SideNotice({ side, which }: { side: ListedEvaluation; which: string }) {
  const words = noticeOf(side)
  if (words === null) return null
  return (
    <p className="notice">
      {which}, <a href={paths.evaluation(side.id)}>#{side.index}</a>, {words}
    </p>
  )
}

function noticeOf({ state, error, isSuperseded, isComplete }: ListedEvaluation): string | null {
  if (state === 'running') return 'has not finished: what it has not decided yet stands under undecided.'
  if (state === 'cancelled') return 'was cancelled: what it did not come to stands under undecided.'
  if (error !== null) {
    return state === 'failed'
      ? `failed as a whole, so every package counts as not evaluating: ${error}`
      : `is incomplete; what it lacks counts as not evaluating, not as removed: ${error}`
  }
  if (!isComplete) return 'is incomplete; what it lacks counts as not evaluating, not as removed.'
  return isSuperseded ? 'was repeated: a finished rerun stands in its place.' : null
}

import type { SyncReport } from '@/lib/contract/sync'
import { untilWords } from './spans'

/** What the next syncs go on with, and what it waits for. */
export function SyncWaiting({ waiting, now }: { waiting: SyncReport['waiting']; now: Date }) {
  const { logs, ranges } = waiting
  if (logs === 0 && ranges === 0) return null
  return (
    <ul className="grid gap-1 text-muted">
      {logs > 0 && (
        <li>
          {logs === 1 ? 'One build log is' : `${logs} build logs are`} not read yet; the next syncs go on, newest
          breakage first.
        </li>
      )}
      {ranges > 0 && (
        <li>
          {ranges === 1 ? 'One range of commits to suspect is' : `${ranges} ranges of commits to suspect are`} not read
          yet; {budgetWords(waiting, now)}
        </li>
      )}
    </ul>
  )
}

function budgetWords({ rangesRetryAt }: SyncReport['waiting'], now: Date): string {
  if (rangesRetryAt !== null) return `GitHub’s hourly budget lets us go on ${untilWords(rangesRetryAt, now)}.`
  return 'the next syncs go on with what GitHub’s hourly budget leaves beside lock files.'
}

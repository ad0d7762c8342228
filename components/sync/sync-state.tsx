import { exactTime } from '@/components/age'
import type { SyncReport, SyncRun } from '@/lib/contract/sync'
import { STAGE_WORDS } from '@/lib/contract/sync-words'
import { untilWords } from './spans'

/** What happens now and next. */
export function SyncState({ report, now }: { report: SyncReport; now: Date }) {
  const running = report.runs.find(({ id }) => id === report.running)
  return (
    <div className="grid gap-2">
      <p role="status">{running === undefined ? 'No sync is running.' : 'A sync is running.'}</p>
      {running?.progress && <StageProgress progress={running.progress} />}
      <p className="text-muted">
        {report.next === null ? (
          'No further sync is scheduled.'
        ) : (
          <>
            Next scheduled sync:{' '}
            <time dateTime={report.next} title={exactTime(report.next)}>
              {untilWords(report.next, now)}
            </time>
          </>
        )}
      </p>
    </div>
  )
}

function StageProgress({ progress }: { progress: NonNullable<SyncRun['progress']> }) {
  const { stage, source, done, total } = progress
  const label = source === null ? STAGE_WORDS[stage] : `${STAGE_WORDS[stage]} of ${source}`
  return (
    <p className="flex flex-wrap items-center gap-3">
      <span>{label}</span>
      {total > 0 && (
        <>
          <progress aria-label={label} value={Math.min(done, total)} max={total} />
          <span className="tabular text-muted">
            {done} of {total}
          </span>
        </>
      )}
    </p>
  )
}

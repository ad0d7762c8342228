import Link from 'next/link'
import { paths } from '@/lib/contract/paths'
import type { SyncRun } from '@/lib/contract/sync'
import { STAGE_WORDS } from '@/lib/contract/sync-words'
import { groupedNumber } from './age'
import { RelativeTime } from './relative-time'

export interface StatusLineProps {
  readonly readAt: string | null
  readonly running: Pick<SyncRun, 'progress'> | null
  readonly now: Date
}

/** When the sources were last read, or what is being read now. */
export function StatusLine({ readAt, running, now }: StatusLineProps) {
  return (
    <p className="sticky left-(--rail) w-fit px-3 pt-2 text-xs text-muted">
      {readAt === null ? (
        'Sources were never read in full'
      ) : (
        <>
          Sources last read <RelativeTime at={readAt} now={now} suffix=" ago" />
        </>
      )}
      {running !== null && (
        <>
          {' · '}
          <Link href={paths.sync()}>syncing</Link>
          {running.progress && `: ${STAGE_WORDS[running.progress.stage]}${countOf(running.progress)}`}
        </>
      )}
    </p>
  )
}

function countOf({ done, total }: NonNullable<SyncRun['progress']>): string {
  return total > 0 ? `, ${groupedNumber(done)} of ${groupedNumber(total)}` : ''
}

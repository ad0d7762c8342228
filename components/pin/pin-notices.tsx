import { RelativeTime } from '@/components/relative-time'
import type { NoPin, Pin } from '@/lib/contract/pin'

export interface PinNoticesProps {
  readonly checks: NoPin['checks']
  readonly silentCaches: Pin['silentCaches']
  readonly notes: readonly string[]
  readonly now: Date
}

/** What makes the answer less than sure. */
export function PinNotices({ checks, silentCaches, notes, now }: PinNoticesProps) {
  const isOld = checks !== null && !checks.fresh
  if (!isOld && silentCaches.length === 0 && notes.length === 0) return null
  return (
    <ul className="notice grid max-w-[88ch] gap-1 border-x border-notice-line">
      {isOld && (
        <li>
          {checks.oldestAt === null ? 'Not all outputs were ever asked for' : 'The answers of the caches are old'}
          {checks.recheckMinutes !== null && `: they count as fresh for ${checks.recheckMinutes} min`}. What they say
          now may differ.
        </li>
      )}
      {silentCaches.map(({ id, reason, checkedAt }) => (
        <li key={id}>
          {id} does not answer, asked <RelativeTime at={checkedAt} now={now} suffix=" ago" />
          {reason !== null && ` (${reason})`}: what it held counts as not ready.
        </li>
      ))}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

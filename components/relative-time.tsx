import { ageWords } from '@/lib/domain/age'
import { exactTime } from './age'

/** How long ago, with the exact time in the title. `now` comes from outside: server and browser must say the same. */
export function RelativeTime({ at, now, suffix = '' }: { at: string; now: Date; suffix?: string }) {
  const words = ageWords(at, now)
  return (
    <time dateTime={at} title={exactTime(at)} className="whitespace-nowrap">
      {words === 'now' ? 'just now' : `${words}${suffix}`}
    </time>
  )
}

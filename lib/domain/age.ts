const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The time between two moments in one short unit, such as `3 d`; `now` below a minute and for what lies ahead. */
export function ageWords(at: string, now: Date): string {
  const ms = now.getTime() - Date.parse(at)
  if (!(ms >= MINUTE_MS)) return 'now'
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`
  return `${Math.floor(ms / DAY_MS)} d`
}

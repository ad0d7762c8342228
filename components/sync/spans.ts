/** How long something took, in its two largest units: `12 s`, `2 min 5 s`, `1 h 4 min`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return joined([minutes, 'min'], [seconds % 60, 's'])
  return joined([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'])
}

/** How long until something is due: `in 4 min`, or `now` when it is due within the minute. */
export function untilWords(at: string, now: Date): string {
  const ms = Date.parse(at) - now.getTime()
  return ms < 60_000 ? 'now' : `in ${durationWords(Math.floor(ms / 60_000) * 60_000)}`
}

type Part = readonly [number, string]

function joined([whole, unit]: Part, [rest, smaller]: Part): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${smaller}`
}

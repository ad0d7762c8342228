import { statusWord } from '@/lib/domain/cell-word'
import { healthOf, type Status } from '@/lib/domain/status'

const STEP = 4
const HEIGHT = 16

// Height tells the health as well: a success is tall, a breakage a stub with a gap over it, the undecided a dot.
const BARS = {
  good: { className: 'text-(--good)', top: 1, height: 14 },
  broken: { className: 'text-(--bad)', top: 9, height: 6 },
  undecided: { className: 'text-(--idle)', top: 13, height: 2 },
} as const
const HEALTHS = ['good', 'broken', 'undecided'] as const

/** The last evaluations as tiny bars, oldest first, with the same in words. */
export function StatusStrip({ statuses }: { statuses: readonly Status[] }) {
  if (statuses.length === 0) return null
  const healths = statuses.map(healthOf)
  return (
    <svg
      role="img"
      aria-label={stripWords(statuses)}
      className="strip shrink-0"
      width={14 * STEP}
      height={HEIGHT}
      viewBox={`0 0 ${14 * STEP} ${HEIGHT}`}
    >
      <title>{stripWords(statuses)}</title>
      {HEALTHS.map((health) => (
        <path key={health} className={BARS[health].className} fill="currentColor" d={barsOf(healths, health)} />
      ))}
    </svg>
  )
}

function barsOf(healths: readonly string[], health: (typeof HEALTHS)[number]): string {
  const { top, height } = BARS[health]
  const indent = (14 - healths.length) * STEP
  return healths
    .flatMap((one, index) => (one === health ? [`M${indent + index * STEP} ${top}h3v${height}h-3z`] : []))
    .join('')
}

/** Such as `Last 14 evaluations: 12 succeeded, 2 blocked`. */
export function stripWords(statuses: readonly Status[]): string {
  const counts = new Map<Status, number>()
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  const parts = [...counts].map(([status, count]) => `${count} ${statusWord(status)}`)
  return `Last ${statuses.length} evaluations: ${parts.join(', ')}`
}

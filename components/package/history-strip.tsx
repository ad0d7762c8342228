import type { HistoryPoint } from '@/lib/contract/package'
import { statusWord } from '@/lib/domain/cell-word'
import { type Health, healthOf } from '@/lib/domain/status'

const HEIGHT = 24
const STEP = 5
const DAY_MS = 86_400_000
/** A wait longer than this between two evaluations is drawn as a gap. */
const GAP_DAYS = 3

// As in the small strips of the matrix: height tells the health as well as colour does.
const BARS: Record<Health, { className: string; top: number; height: number }> = {
  good: { className: 'text-(--good)', top: 2, height: 20 },
  broken: { className: 'text-(--bad)', top: 13, height: 9 },
  undecided: { className: 'text-(--idle)', top: 20, height: 2 },
}

/** The evaluations of a package on one branch over time, oldest first: a bar each, gaps where none was made. */
export function HistoryStrip({ history, label }: { history: readonly HistoryPoint[]; label: string }) {
  const places = placesOf(history)
  const width = (places.at(-1)?.x ?? 0) + STEP
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="block"
    >
      {places.map(({ point, x }) => (
        <Bar key={point.evaluation.id} point={point} x={x} />
      ))}
    </svg>
  )
}

function Bar({ point, x }: { point: HistoryPoint; x: number }) {
  const { className, top, height } = BARS[healthOf(point.status)]
  return (
    <rect x={x} y={top} width={STEP - 1} height={height} fill="currentColor" className={className}>
      <title>{`#${point.evaluation.index}: ${statusWord(point.status)}${point.version === null ? '' : `, ${point.version}`}`}</title>
    </rect>
  )
}

function placesOf(history: readonly HistoryPoint[]): { point: HistoryPoint; x: number }[] {
  let x = 0
  return history.map((point, index) => {
    const before = history[index - 1]
    if (before !== undefined) x += STEP + gapBefore(before, point)
    return { point, x }
  })
}

/** One more step for each time the usual wait was exceeded, eight at most. */
function gapBefore(before: HistoryPoint, point: HistoryPoint): number {
  const days = (Date.parse(point.evaluation.startedAt) - Date.parse(before.evaluation.startedAt)) / DAY_MS
  return Math.min(8, Math.floor(days / GAP_DAYS)) * STEP
}

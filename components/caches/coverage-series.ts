import type { ChartSeries } from '@/components/history-chart'
import type { Coverage, CoveragePoint } from '@/lib/contract/caches'

const DAY_MS = 86_400_000

/** Is every output decided: does the cache say of each whether it is there? */
function isDecided({ presences }: CoveragePoint): boolean {
  return presences.unreachable + presences.unchecked === 0
}

/**
 * The cached share of each branch at every time at which one of them changed. Null, a gap in the line, where the cache
 * did not answer for every output, and where more than a day passed without a sync.
 */
export function coverageSeries(coverage: readonly Coverage[]): ChartSeries[] {
  const points = coverage.flatMap((branch) => branch.points)
  const times = new Set(points.flatMap((point) => [startOf(point), endOf(point), endOf(point) + 1]))
  const newest = Math.max(...points.map(endOf))
  const moments = [...times].filter((atMs) => atMs <= newest).sort((a, b) => a - b)
  return coverage
    .filter((branch) => branch.points.length > 0)
    .map((branch) => ({
      name: branch.title,
      points: moments.map((atMs) => ({ atMs, value: shareAt(branch.points, atMs) })),
    }))
}

function shareAt(points: readonly CoveragePoint[], atMs: number): number | null {
  const index = points.findLastIndex((one) => startOf(one) <= atMs)
  const [point, next] = [points[index], points[index + 1]]
  if (point === undefined || !isDecided(point) || point.needed === 0) return null
  const isHeld = atMs <= endOf(point) || (next !== undefined && startOf(next) - endOf(point) <= DAY_MS)
  return isHeld ? point.presences.cached / point.needed : null
}

/** So little history makes no chart: every tick would say the same day. */
export function isChartable(coverage: readonly Coverage[]): boolean {
  const points = coverage.flatMap((branch) => branch.points)
  return Math.max(...points.map(endOf)) - Math.min(...points.map(startOf)) > 2 * DAY_MS
}

function startOf({ day }: CoveragePoint): number {
  return Date.parse(day)
}

function endOf({ until }: CoveragePoint): number {
  return Date.parse(until)
}

'use client'

import { HistoryChart } from '@/components/history-chart'
import type { Evaluations } from '@/lib/contract/evaluations'
import { healthOf, STATUSES } from '@/lib/domain/status'

/** How much of each evaluation succeeded, over time; the list below holds the same numbers. */
export function PassRateChart({ title, evaluations }: { title: string; evaluations: Evaluations['evaluations'] }) {
  return (
    <HistoryChart
      title="Pass rate of the evaluations listed below"
      series={[{ name: title, points: evaluations.flatMap(toPoint) }]}
      format={(share) => `${Math.round(share * 100)} %`}
    />
  )
}

/** Unfinished, cancelled and replaced evaluations decide nothing. */
function toPoint({ state, isSuperseded, finishedAt, counts }: Evaluations['evaluations'][number]) {
  const isDecided = (state === 'finished' || state === 'failed') && !isSuperseded
  if (!isDecided || finishedAt === null) return []
  const decided = STATUSES.filter((status) => healthOf(status) !== 'undecided')
  const all = decided.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
  // An evaluation that failed as a whole has no attributes, and nothing of it passed.
  const value = all === 0 ? 0 : (counts.succeeded ?? 0) / all
  return all === 0 && state !== 'failed' ? [] : [{ atMs: Date.parse(finishedAt), value }]
}

'use client'

import { HistoryChart } from '@/components/history-chart'
import type { Coverage } from '@/lib/contract/caches'
import { coverageSeries, isChartable } from './coverage-series'

/** The share of needed outputs that a cache held, over time; the table below it holds the same numbers. */
export function CoverageChart({ coverage }: { coverage: readonly Coverage[] }) {
  if (!isChartable(coverage)) {
    return <p className="text-xs text-muted">A chart is drawn once more than two days were observed.</p>
  }
  return (
    <HistoryChart
      title="Cached share of the outputs that are needed"
      series={coverageSeries(coverage)}
      format={(share) => `${Math.round(share * 100)} %`}
      hasGaps
    />
  )
}

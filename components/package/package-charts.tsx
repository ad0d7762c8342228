'use client'

import { byteWords } from '@/components/bytes'
import { HistoryChart } from '@/components/history-chart'
import { durationWords } from '@/components/sync/spans'
import type { HistoryPoint, PackageBranch } from '@/lib/contract/package'

/** What a package weighs and how long it takes to build, over time. */
export function PackageCharts({ branches }: { branches: readonly PackageBranch[] }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 overflow-x-clip lg:grid-cols-2">
      <HistoryChart
        title="NAR size of the outputs that users need"
        series={seriesOf(branches, ({ narSize }) => narSize)}
        format={byteWords}
      />
      <HistoryChart
        title="Build time"
        series={seriesOf(branches, ({ buildSeconds }) => buildSeconds)}
        format={(seconds) => durationWords(seconds * 1000)}
      />
    </div>
  )
}

function seriesOf(branches: readonly PackageBranch[], quantityOf: (point: HistoryPoint) => number | null) {
  return branches.map(({ title, history }) => ({
    name: title,
    points: history.flatMap((point) => {
      const value = quantityOf(point)
      const at = point.evaluation.finishedAt
      return value === null || at === null ? [] : [{ atMs: Date.parse(at), value }]
    }),
  }))
}

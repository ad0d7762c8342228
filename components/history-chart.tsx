'use client'

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

export interface ChartSeries {
  readonly name: string
  /** Null: not known at that time. */
  readonly points: readonly { readonly atMs: number; readonly value: number | null }[]
}

export interface HistoryChartProps {
  readonly title: string
  readonly series: readonly ChartSeries[]
  /** How a value reads, such as `1.4 GiB`. */
  readonly format: (value: number) => string
  /** Every series has a value, or null, at every time: a line breaks where nothing is known. */
  readonly hasGaps?: boolean
}

// Dashes tell the branches apart where colour does not.
const DASHES = ['0', '6 3', '2 3', '8 3 2 3']

/** One quantity over time, a line per branch; the page holds the same numbers as a table. */
export function HistoryChart({ title, series, format, hasGaps = false }: HistoryChartProps) {
  const shown = series.filter(({ points }) => points.length > 0)
  if (shown.length === 0) return null
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 text-sm font-semibold">{title}</figcaption>
      <div className="h-48 overflow-hidden" aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 192 }}>
          <LineChart data={rowsOf(shown)} margin={{ top: 4, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              dataKey="atMs"
              type="number"
              domain={['dataMin', 'dataMax']}
              tickFormatter={dayOf}
              stroke="var(--muted)"
              fontSize={12}
            />
            <YAxis tickFormatter={format} stroke="var(--muted)" fontSize={12} width={72} domain={[0, 'auto']} />
            <Tooltip
              labelFormatter={(atMs) => dayOf(Number(atMs))}
              formatter={(value) => format(Number(value))}
              contentStyle={{ background: 'var(--ground)', border: '1px solid var(--line)', fontSize: 12 }}
            />
            {shown.map(({ name }, index) => (
              <Line
                key={name}
                name={name}
                dataKey={(row: ChartRow) => row.values[name]}
                connectNulls={!hasGaps}
                type="stepAfter"
                dot={false}
                isAnimationActive={false}
                stroke={`var(--series-${(index % 4) + 1})`}
                strokeWidth={1.5}
                strokeDasharray={DASHES[index % DASHES.length] ?? '0'}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <Legend names={shown.map(({ name }) => name)} />
    </figure>
  )
}

interface ChartRow {
  readonly atMs: number
  readonly values: Readonly<Record<string, number | null>>
}

/** One row per moment: where a branch has no value at it, its line runs on. */
function rowsOf(series: readonly ChartSeries[]): ChartRow[] {
  const rows = new Map<number, Record<string, number | null>>()
  for (const { name, points } of series) {
    for (const { atMs, value } of points) rows.set(atMs, { ...rows.get(atMs), [name]: value })
  }
  return [...rows].map(([atMs, values]) => ({ atMs, values })).sort((a, b) => a.atMs - b.atMs)
}

function Legend({ names }: { names: readonly string[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 text-xs text-muted">
      {names.map((name, index) => (
        <li key={name} className="flex items-center gap-1.5">
          <svg width="20" height="4" aria-hidden="true">
            <line
              x1="0"
              x2="20"
              y1="2"
              y2="2"
              strokeWidth="2"
              stroke={`var(--series-${(index % 4) + 1})`}
              strokeDasharray={DASHES[index % DASHES.length]}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

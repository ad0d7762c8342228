'use client'

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Survival } from '@/lib/contract/caches'

/** The curve of survival in steps; the table below it holds the same numbers. */
export function SurvivalChart({ survival: { curve } }: { survival: Survival }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 text-sm font-semibold">
        Share of outputs that live longer than so many days
      </figcaption>
      <div className="h-48 overflow-hidden" aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 192 }}>
          <LineChart
            data={[{ days: 0, survival: 1 }, ...curve.filter(({ days }) => days > 0)]}
            margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              dataKey="days"
              type="number"
              domain={[0, 'dataMax']}
              tickFormatter={(days) => `${days} d`}
              allowDecimals={false}
              stroke="var(--muted)"
              fontSize={12}
            />
            <YAxis tickFormatter={percent} domain={[0, 1]} stroke="var(--muted)" fontSize={12} width={72} />
            <Tooltip
              labelFormatter={(days) => `${days} days`}
              formatter={(value) => percent(Number(value))}
              contentStyle={{ background: 'var(--ground)', border: '1px solid var(--line)', fontSize: 12 }}
            />
            <Line
              name="live longer"
              dataKey="survival"
              type="stepAfter"
              dot={false}
              isAnimationActive={false}
              stroke="var(--series-1)"
              strokeWidth={1.5}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  )
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

import { Registry } from 'prom-client'
import { answering } from '@/app/answering'
import { metrics } from '@/lib/metrics/metrics'
import { readMetrics } from '@/lib/queries/metrics'
import { gaugesOf } from './gauges'

/** What one would watch over time, as Prometheus reads it. */
export const GET = answering('GET /metrics', async () => {
  const now = new Date()
  const all = Registry.merge([metrics().registry, gaugesOf(await readMetrics(now), now)])
  return new Response(await all.metrics(), {
    headers: { 'content-type': all.contentType, 'cache-control': 'no-store' },
  })
})

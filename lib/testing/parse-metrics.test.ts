import { expect, it } from 'vitest'
import { createMetrics } from '@/lib/metrics/metrics'
import { parseMetrics } from './parse-metrics'

it('reads what the package writes, labels with every sign included', async () => {
  const metrics = createMetrics()
  const host = 'a"b\\c\nd, e="f"'
  metrics.upstreamRequests.inc({ host, result: 'ok' }, 3)
  metrics.querySeconds.observe({ kind: 'read' }, 0.004)
  const families = parseMetrics(await metrics.registry.metrics())
  expect(families.find(({ name }) => name === 'flakeboard_upstream_requests_total')?.samples).toMatchObject([
    { labels: { result: 'ok' }, value: 3 },
  ])
  expect(families.map(({ name }) => name)).toContain('process_cpu_seconds_total')
})

const head = (type: string) => `# HELP a_total Things.\n# TYPE a_total ${type}\n`

it.each([
  ['no end of line', `${head('counter')}a_total 1`],
  ['a family without a type', '# HELP a_total Things.\na_total 1\n'],
  ['a type of another name', '# HELP a Things.\n# TYPE b gauge\na 1\n'],
  ['a sample of another family', `${head('counter')}b_total 1\n`],
  ['a sample twice', `${head('counter')}a_total 1\na_total 2\n`],
  ['labels that do not end', `${head('counter')}a_total{x="1} 1\n`],
  ['a value in words', `${head('counter')}a_total one\n`],
  ['a counter without its ending', '# HELP a Things.\n# TYPE a counter\na 1\n'],
  [
    'buckets that fall',
    '# HELP h S.\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_count 1\nh_sum 1\n',
  ],
])('refuses %s', (_case, text) => {
  expect(() => parseMetrics(text)).toThrow()
})

import { partsOf } from '@/lib/contract/openapi/operation'
import { OPERATIONS, operationOf } from '@/lib/contract/openapi/operations'
import { ProblemSchema } from '@/lib/contract/problem'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import { parseMetrics } from '@/lib/testing/parse-metrics'
import { readMatrixJson } from './api'
import type { Dashboard } from './dashboard'
import { expect, test } from './test'

for (const { on } of OPERATIONS.filter(({ on }) => on.startsWith('GET '))) {
  test(`${on} answers of the whole demo what the description promises`, async ({ dashboard }) => {
    const address = await liveAddress(dashboard, on)
    await checkAnswer(on, await fetch(dashboard.url + address, { redirect: 'manual' }))
  })
}

test('addresses that are not there, and methods that are not known, are told as problems', async ({ dashboard }) => {
  for (const path of [
    '/api/v1/nothing',
    '/api/v2/matrix',
    '/api/v1',
    '/api/v1/packages/a/b/c',
    '/api/v1/packages/%ZZ',
  ]) {
    await expectProblem(await fetch(dashboard.url + path), 404)
  }
  const wrong = await fetch(`${dashboard.url}/api/v1/sync`, { method: 'DELETE' })
  expect(wrong.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
  await expectProblem(wrong, 405)
  await expectProblem(await fetch(`${dashboard.url}/api/v1/matrix`, { method: 'POST' }), 405)
  const head = await fetch(`${dashboard.url}/api/v1/matrix`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('what is long is sent compressed, says that it varies, and is found unchanged by its tag', async ({
  dashboard,
}) => {
  for (const path of ['/api/v1/matrix', '/api/v1/openapi.json', '/feed.atom', '/badge/matrix.svg']) {
    const plain = await fetch(dashboard.url + path, { headers: { 'accept-encoding': 'identity' } })
    const packed = await fetch(dashboard.url + path, { headers: { 'accept-encoding': 'gzip' } })
    expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([null, 'gzip'])
    for (const answer of [plain, packed]) expect(answer.headers.get('vary')).toMatch(/accept-encoding/i)
    expect(await packed.text()).toBe(await plain.text())
    const etag = packed.headers.get('etag') ?? 'none'
    const again = await fetch(dashboard.url + path, { headers: { 'accept-encoding': 'gzip', 'if-none-match': etag } })
    expect(again.status).toBe(304)
  }
})

test('pages of other sites may read, and start nothing', async ({ dashboard }) => {
  const origin = 'https://elsewhere.example'
  const address = `${dashboard.url}/api/v1/sync`
  const read = await fetch(address, { headers: { origin } })
  expect(read.headers.get('access-control-allow-origin')).toBe('*')
  expect(read.headers.get('access-control-expose-headers')).toMatch(/ETag.*RateLimit/)
  const asked = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
  const preflight = await fetch(address, { method: 'OPTIONS', headers: asked })
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  expect(preflight.headers.get('access-control-allow-headers')).not.toMatch(/authorization/i)
  const started = await fetch(address, { method: 'POST', headers: { origin } })
  expect(started.headers.get('access-control-allow-origin')).toBeNull()
})

test('costly answers tell how many more there may be', async ({ dashboard }) => {
  const answer = await fetch(`${dashboard.url}/api/v1/diff?branch=nixos-unstable`)
  expect(answer.headers.get('ratelimit-policy')).toBe('"costly";q=240;w=60')
  expect(answer.headers.get('ratelimit')).toMatch(/^"costly";r=\d+;t=\d+$/)
  const cheap = await fetch(`${dashboard.url}/api/v1/matrix?limit=1`)
  expect(cheap.headers.get('ratelimit')).toBeNull()
})

test('what the server did and what it knows is told to Prometheus', async ({ dashboard }) => {
  await fetch(`${dashboard.url}/api/v1/packages/pytorch`)
  await fetch(`${dashboard.url}/no/such/page`)
  const families = parseMetrics(await (await fetch(`${dashboard.url}/metrics`)).text())
  const sum = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    families
      .flatMap(({ samples }) => samples)
      .filter(
        (one) => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
      )
      .reduce((total, { value }) => total + value, 0)
  const route = '/api/v1/packages/{package}'
  expect(sum('flakeboard_http_requests_total', { method: 'GET', route, status: '200' })).toBeGreaterThan(0)
  expect(sum('flakeboard_http_requests_total', { route: 'other', status: '404' })).toBeGreaterThan(0)
  expect(sum('flakeboard_http_request_duration_seconds_count', { route })).toBeGreaterThan(0)
  expect(sum('flakeboard_database_query_duration_seconds_count', { kind: 'read' })).toBeGreaterThan(100)
  expect(sum('flakeboard_upstream_requests_total', { result: 'ok' })).toBeGreaterThan(30)
  expect(sum('flakeboard_sync_duration_seconds_count', { result: 'done' })).toBeGreaterThan(0)
  expect(sum('flakeboard_source_reads_total', { result: 'done' })).toBeGreaterThan(0)
  expect(sum('flakeboard_branch_packages')).toBeGreaterThan(50)
  expect(sum('flakeboard_root_causes_open')).toBeGreaterThan(0)
  expect(sum('flakeboard_branch_cells', { status: 'succeeded' })).toBeGreaterThan(50)
})

test('a reader of pages meets every package once', async ({ dashboard }) => {
  const all = await readMatrixJson(dashboard, '?view=compact')
  const names: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page = await readMatrixJson(dashboard, `?view=compact&limit=7${after && `&after=${after}`}`)
    names.push(...page.packages.map(({ name }) => name))
    after = page.next
  }
  expect(names).toEqual(all.packages.map(({ name }) => name))
})

async function expectProblem(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(ProblemSchema.parse(await response.json())).toMatchObject({ status })
}

/** The address of an operation with names that the demo has. */
async function liveAddress(dashboard: Dashboard, on: (typeof OPERATIONS)[number]['on']): Promise<string> {
  const { branches, packages } = await readMatrixJson(dashboard, '?package=pytorch')
  const [cell] = Object.values(packages[0]?.cells ?? {})
  const names: Readonly<Record<string, string>> = {
    package: 'pytorch',
    branch: branches[0]?.name ?? '',
    id: branches[0]?.evaluation?.id ?? '',
    name: cell?.derivation?.replace('/nix/store/', '') ?? '',
  }
  const path = partsOf({ on }).path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(names[name] ?? name),
  )
  const { example } = operationOf(on)
  return example === undefined ? path : `${path}?${example}`
}

test('an ETag holds until a fact changes: asking with it gives 304', async ({ dashboard }) => {
  const address = `${dashboard.url}/api/v1/matrix?package=blender`
  const first = await fetch(address)
  const etag = first.headers.get('etag') ?? 'none'
  expect(first.headers.get('cache-control')).toMatch(/max-age=60/)
  const second = await fetch(address, { headers: { 'if-none-match': etag } })
  expect(second.status).toBe(304)
  expect(await second.text()).toBe('')
  const other = await fetch(address, { headers: { 'if-none-match': '"another"' } })
  expect(other.status).toBe(200)
})

for (const [query, parameter] of [
  ['limit=none', 'limit'],
  ['status=purple', 'status'],
  ['colour=red', 'colour'],
  ['q=a&q=b', 'q'],
] as const) {
  test(`GET /api/v1/matrix?${query} is refused by a problem that names ${parameter}`, async ({ dashboard }) => {
    const response = await fetch(`${dashboard.url}/api/v1/matrix?${query}`)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    await checkAnswer('GET /api/v1/matrix', response)
    const problem = ProblemSchema.parse(await response.json())
    expect(problem).toMatchObject({ status: 400, parameter })
    expect(problem.title).toContain(parameter)
  })
}

test('POST /api/v1/sync without a token gives 401, with a wrong one 403, both as problems', async ({ dashboard }) => {
  const without = await fetch(`${dashboard.url}/api/v1/sync`, { method: 'POST' })
  expect(without.status).toBe(401)
  expect(without.headers.get('www-authenticate')).toMatch(/^Bearer/)
  const wrong = await dashboard.postSync({ token: 'not the token' })
  expect(wrong.status).toBe(403)
  expect(wrong.headers.get('content-type')).toMatch(/^application\/problem\+json/)
})

test('the server tells that it lives and is ready', async ({ dashboard }) => {
  for (const path of ['/healthz', '/readyz']) expect((await fetch(dashboard.url + path)).status).toBe(200)
})

test('the first sync ended without a fault and says what it read', async ({ dashboard }) => {
  const { runs, next } = await dashboard.readSyncs()
  expect(runs.at(-1)).toMatchObject({ status: 'done', trigger: 'schedule', errors: [], progress: null })
  expect(runs.at(-1)?.counts.evaluations).toBeGreaterThan(30)
  expect(next).not.toBeNull()
})

test('every page has a policy with a nonce of its own and may not be framed', async ({ dashboard }) => {
  const policies = await Promise.all(
    ['/', '/', '/sync'].map(async (path) => (await fetch(dashboard.url + path)).headers.get('content-security-policy')),
  )
  expect(new Set(policies).size).toBe(3)
  for (const policy of policies) expect(policy).toMatch(/'nonce-[^']+'.*frame-ancestors 'none'/s)
})

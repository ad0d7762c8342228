import { ProblemSchema } from '@/lib/contract/problem'
import { expect, test } from './test'

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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AskedExplanationSchema, EXPLAIN_TEXT_MAX, ExplanationSchema } from '@/lib/contract/explain'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { GET, POST } from './route'

const folder = mkdtempSync(join(tmpdir(), 'flakeboard-explain-'))
process.env.FLAKEBOARD_CONFIG = join(folder, 'config.json')
writeFileSync(
  process.env.FLAKEBOARD_CONFIG,
  JSON.stringify({
    sources: [{ id: 'ci', kind: 'hercules-ci', account: 'a', project: 'p' }],
    // A port that nobody serves: the cache refuses every question.
    caches: [
      {
        ...{ id: 'near', kind: 'binary-cache', url: 'http://127.0.0.1:9' },
        publicKeys: ['key-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
      },
    ],
    branches: [{ name: 'nixos-unstable' }],
  }),
)
afterAll(() => rmSync(folder, { recursive: true }))

const ADDRESS = 'http://localhost/api/v1/explain'
const HELLO = '/nix/store/11111111111111111111111111111111-hello-2.12'
const HELLO_DRV = `${HELLO}.drv`

describeOnBothDatabases('/api/v1/explain', (fresh) => {
  beforeAll(async () => {
    globalThis.flakeboardDb = await fresh()
    globalThis.flakeboardAsks = []
  })
  afterAll(() => {
    globalThis.flakeboardDb = undefined
  })

  const get = async (query: string) =>
    checkAnswer('GET /api/v1/explain', await GET(new Request(`${ADDRESS}?${query}`), undefined))
  const post = async (body: string, type?: string) => {
    const init = { method: 'POST', body, ...(type !== undefined && { headers: { 'content-type': type } }) }
    return checkAnswer('POST /api/v1/explain', await POST(new Request(ADDRESS, init), undefined))
  }

  it('answers each path of an address by what is stored', async () => {
    const answer = await get(`path=${HELLO}&path=${HELLO_DRV}`)
    expect(answer.status).toBe(200)
    const { paths, total } = ExplanationSchema.parse(await answer.json())
    expect([total, ...paths.map(({ path, verdict }) => [path, verdict])]).toEqual([
      2,
      [HELLO, 'not-in-set'],
      [HELLO_DRV, 'not-in-set'],
    ])
  })

  it.each([
    ['', 'Parameter "path" must be a store path, given 500 times at most'],
    ['path=', 'Parameter "path" must be a store path, given 500 times at most'],
    ['path=/etc/passwd', 'Parameter "path" must be a store path, /nix/store/<hash>-<name>'],
    [`path=${HELLO}&path=%00%3Cscript%3E`, 'Parameter "path" must be a store path, /nix/store/<hash>-<name>'],
    ['paths=x', 'There is no parameter "paths"; known are path'],
  ])('refuses ?%s and tells what to send', async (query, title) => {
    const answer = await get(query)
    expect([answer.status, (await answer.json()).title]).toEqual([400, title])
  })

  it.each([
    ['text as curl sends it', `this derivation will be built:\n  ${HELLO_DRV}\n`, 'application/x-www-form-urlencoded'],
    ['plain text', HELLO_DRV, 'text/plain'],
    ['text in JSON', JSON.stringify({ text: HELLO_DRV }), 'application/json'],
    ['paths in JSON', JSON.stringify({ paths: [HELLO_DRV] }), 'application/json; charset=utf-8'],
  ])('takes %s', async (_what, body, type) => {
    const answer = await post(body, type)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { paths } = AskedExplanationSchema.parse(await answer.json())
    expect(paths.map(({ path }) => path)).toEqual([HELLO_DRV])
  })

  it('says which cache does not answer, and that no path was found where there is none', async () => {
    const { paths, asking } = AskedExplanationSchema.parse(await (await post(HELLO)).json())
    expect(asking).toEqual({ state: 'asked', retryAt: null, left: 0 })
    expect(paths).toMatchObject([{ verdict: 'unreachable', reason: expect.stringContaining('near does not answer') }])
    expect(AskedExplanationSchema.parse(await (await post('all is well')).json())).toMatchObject({
      ...{ total: 0, paths: [], asking: { state: 'fresh' } },
    })
  })

  it.each([
    ['{"text":', 400],
    ['{"text":1}', 400],
    ['{"paths":["x"],"text":"y"}', 400],
    [' '.repeat(EXPLAIN_TEXT_MAX + 1), 413],
  ])('refuses a body that is none', async (body, status) => {
    expect((await post(body, 'application/json')).status).toBe(status)
  })
})

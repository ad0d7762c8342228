import { expect, it } from 'vitest'
import { ShieldsEndpointSchema } from '@/lib/contract/badge'
import type { Db } from '@/lib/db/client'
import { readBadge } from '@/lib/queries/badge'
import { addCell, addColumn, addEvaluation, addRow, hour, queryConfig } from '@/lib/queries/testing/rows'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { answerBadge } from './answer-badge'

const config = queryConfig()

describeOnBothDatabases('GET /badge/…', (fresh) => {
  async function setUp() {
    const db = await fresh()
    await db.sourceState.create({ data: { source: 'ci', readMs: hour(3).getTime() } })
    const evaluationId = await addEvaluation(db, 2, { branch: 'master' })
    await addColumn(db, evaluationId, { branch: 'master' })
    await addRow(db, 'torch')
    const outputs = { out: { near: { presence: 'cached' } } } as const
    await addCell(db, { row: 'torch', branch: 'master', evaluationId, isReady: true, outputs })
    return askerOf(db)
  }

  function askerOf(db: Db) {
    return (path: string, { now = hour(3), ...init }: RequestInit & { now?: Date } = {}) =>
      answerBadge(new Request(`http://localhost${path}`, init), (asked) => readBadge(asked, now, { db, config }))
  }

  it('is an image that browsers and proxies keep for a minute', async () => {
    const answer = await (await setUp())('/badge/master/torch.svg')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=300')
    expect(await answer.text()).toContain('<title>torch on master: passing</title>')
  })

  it('is not sent again to whoever holds it, until it says something else', async () => {
    const ask = await setUp()
    const etag = (await ask('/badge/master/torch.svg')).headers.get('etag') ?? ''
    const again = await ask('/badge/master/torch.svg', { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    const stale = await ask('/badge/master/torch.svg', { headers: { 'if-none-match': etag }, now: hour(2 + 5 * 24) })
    expect(stale.status).toBe(200)
    expect(await stale.text()).toContain('torch on master: stale 5 d')
  })

  it('beside it is JSON that shields.io reads', async () => {
    const answer = await (await setUp())('/badge/master/torch.json?label=ours&style=flat-square')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(ShieldsEndpointSchema.parse(await answer.json())).toMatchObject({
      ...{ label: 'ours', message: 'passing', isError: false, style: 'flat-square' },
    })
  })

  it.each(['/badge/nobody.svg', '/badge/nowhere/torch.svg', '/badge/ready.svg?branch=nowhere', '/badge/ready.svg'])(
    '%s is a grey image that says what is wrong, never a broken one',
    async (path) => {
      const answer = await (await setUp())(path)
      expect(answer.status).toBe(200)
      const text = await answer.text()
      expect(text).toMatch(/<title>[^<]*: no (?:such package|such branch|branch given)<\/title>/)
      expect(text).toContain('#6f7782')
    },
  )

  it.each(['/badge', '/badge/torch', '/badge/torch.png', '/badge/master/torch.svg/', '/badge/.svg'])(
    '%s is a problem that tells what to ask for',
    async (path) => {
      const answer = await (await setUp())(path)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({ title: 'Badges end in .svg or .json; /badges makes their addresses' })
    },
  )

  it('escapes whatever the address says', async () => {
    const ask = await setUp()
    const hostile = encodeURIComponent('"><script>alert(1)</script>\u0000')
    for (const path of [
      `/badge/${hostile}.svg`,
      `/badge/master/torch.svg?label=${hostile}`,
      `/badge/${hostile}/torch.svg`,
    ]) {
      const text = await (await ask(path)).text()
      expect(text).toContain('&lt;script&gt;')
      for (const raw of ['<script', '\u0000']) expect(text).not.toContain(raw)
    }
    const matrix = await (await ask(`/badge/matrix.svg?package=${hostile}&branch=${hostile}&label=${hostile}`)).text()
    for (const raw of ['<script', '\u0000']) expect(matrix).not.toContain(raw)
    expect(matrix.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(3)
  })
})

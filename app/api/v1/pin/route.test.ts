import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as archive } from '@/app/pin/[branch]/archive/route'
import { PinSchema } from '@/lib/contract/pin'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import type { Db } from '@/lib/db/client'
import { addBuild } from '@/lib/queries/testing/pin-rows'
import { addColumn, addEvaluation, hour, revision } from '@/lib/queries/testing/rows'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { GET, POST } from './route'

const folder = mkdtempSync(join(tmpdir(), 'flakeboard-pin-'))
process.env.FLAKEBOARD_CONFIG = join(folder, 'config.json')
process.env.FLAKEBOARD_URL = 'https://flakes.example.org'
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
    packages: [{ name: 'torch', attributes: ['torch'], headline: true }],
  }),
)
afterAll(() => rmSync(folder, { recursive: true }))

describeOnBothDatabases('/api/v1/pin', (fresh) => {
  let db: Db
  /** As if the caches had been asked for the last time then. */
  const checkedAt = async (time: Date) => {
    await db.presence.updateMany({ data: { checkedMs: time.getTime() } })
  }
  beforeAll(async () => {
    db = await fresh()
    globalThis.flakeboardDb = db
    const cached = { out: { near: { presence: 'cached', checkedAt: hour(3) } } } as const
    const ids = [await addEvaluation(db, 1), await addEvaluation(db, 2)]
    const [older = 0, newer = 0] = ids
    await addBuild(db, { evaluationId: older, row: 'torch', outputs: cached })
    await addBuild(db, { evaluationId: newer, row: 'torch', status: 'failed' })
    await addBuild(db, { evaluationId: newer, row: 'jax', status: 'failed' })
    await addColumn(db, newer)
  })
  afterAll(() => {
    globalThis.flakeboardDb = undefined
  })

  const asking = (query: string, method = 'GET') => new Request(`http://localhost/api/v1/pin?${query}`, { method })
  const get = async (query: string) => checkAnswer('GET /api/v1/pin', await GET(asking(query), undefined))
  const follow = async (branch: string, query = '') => {
    const request = new Request(`http://localhost/pin/${branch}/archive?${query}`)
    return checkAnswer('GET /pin/{branch}/archive', await archive(request, { params: Promise.resolve({ branch }) }))
  }

  it('answers the pin of the headline packages', async () => {
    const answer = await get('branch=nixos-unstable')
    expect(answer.status).toBe(200)
    const pin = PinSchema.parse(await answer.json())
    expect(pin).toMatchObject({ revision: revision(1), packages: ['torch'], checks: { fresh: false } })
    expect(pin.links.follow).toBe('https://flakes.example.org/pin/nixos-unstable/archive?package=torch')
  })

  it('leads to the archive of that revision, and is not kept for long', async () => {
    await checkedAt(new Date())
    const answer = await follow('nixos-unstable', 'package=torch')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(`https://github.com/NixOS/nixpkgs/archive/${revision(1)}.tar.gz`)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  })

  it('leads nowhere on old knowledge: the caches are asked first, and one that refuses has nothing', async () => {
    await checkedAt(hour(3))
    const answer = await follow('nixos-unstable', 'package=torch')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ silentCaches: [{ id: 'near' }] })
  })

  it('says where there is none who blocks', async () => {
    for (const answer of [
      await get('branch=nixos-unstable&package=jax'),
      await follow('nixos-unstable', 'package=jax'),
    ]) {
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({
        title: 'No evaluated revision of nixos-unstable has jax ready now',
        reason: 'none',
        blocked: [{ name: 'jax', blocks: [{ word: 'failed' }, { word: 'not in this set' }] }],
        best: null,
      })
    }
  })

  it.each([
    ['no branch', '', 400, 'Parameter "branch" must name a branch'],
    ['an unknown parameter', 'branch=a&colour=red', 400, 'There is no parameter "colour"; known are branch, package'],
    ['an unknown branch', 'branch=none', 404, 'There is no branch none; there are nixos-unstable'],
    [
      'an unknown package',
      'branch=nixos-unstable&package=n',
      404,
      'There is no package n; /api/v1/packages lists them',
    ],
  ])('refuses %s and tells what to send', async (_, query, status, title) => {
    const posted = await checkAnswer('POST /api/v1/pin', await POST(asking(query, 'POST'), undefined))
    for (const answer of [await get(query), posted]) {
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ title })
    }
  })

  it('refuses a branch in the address that nobody has', async () => {
    expect((await follow('none')).status).toBe(404)
  })

  it('asks the caches first when it is posted to: what one refuses is ready no more', async () => {
    const answer = await checkAnswer('POST /api/v1/pin', await POST(asking('branch=nixos-unstable', 'POST'), undefined))
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({
      silentCaches: [{ id: 'near' }],
      blocked: [{ blocks: [{ word: 'failed' }, { word: 'built, cache unknown' }] }],
    })
  })
})

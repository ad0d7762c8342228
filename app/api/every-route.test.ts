import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { partsOf } from '@/lib/contract/openapi/operation'
import { OPERATIONS, type OperationName, operationOf } from '@/lib/contract/openapi/operations'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import type { Db } from '@/lib/db/client'
import { builds, drv, outputOf, scriptedWorld } from '@/lib/sync/testing/scripted-world'
import { scriptedConfig, syncOnce } from '@/lib/sync/testing/sync-once'
import { describeOnBothDatabases } from '@/lib/testing/databases'

// What routes take from the process: the configuration, and a database, which is exchanged below.
const folder = mkdtempSync(join(tmpdir(), 'flakeboard-api-'))
process.env.DATABASE_URL = `file:${join(folder, 'empty.db')}`
process.env.FLAKEBOARD_CONFIG = join(folder, 'config.json')
writeFileSync(
  process.env.FLAKEBOARD_CONFIG,
  JSON.stringify({
    sources: [{ id: 'ci', kind: 'hercules-ci', account: 'a', project: 'p' }],
    branches: [{ name: 'nixos-unstable' }],
  }),
)
afterAll(() => rmSync(folder, { recursive: true }))

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

// Readiness asks for the migrations of the process's own database, which has none here; and nothing here can be pinned.
const READS = OPERATIONS.map(({ on }) => on).filter((name) => /^GET (?!\/readyz)(?!.*\bpin\b)/.test(name))
const HELD = READS.filter((name) => /^GET \/(?:api|badge|feed)/.test(name))
const STRICT = READS.filter((name) => operationOf(name).query !== undefined && operationOf(name).isLenient !== true)
const WITH_NAMES = OPERATIONS.map(({ on }) => on).filter(
  (name) => name.includes('{') && operationOf(name).problems?.includes(404),
)
/** Folders of which one file answers everything. */
const WHOLE_FOLDERS = { '/badge/': 'app/badge/[[...path]]', '/feed/': 'app/feed/[...path]' }

describeOnBothDatabases('Every route', (fresh) => {
  let db: Db
  let evaluation = ''
  beforeAll(async () => {
    db = await fresh()
    globalThis.flakeboardDb = db
    const failing = { torch: 'failed', jax: 'dependency-failed', blender: 'succeeded' } as const
    const world = scriptedWorld([
      { number: 1, results: builds({ torch: 'succeeded', jax: 'succeeded' }, '1') },
      { number: 2, results: builds(failing, '2') },
    ])
    for (const number of [1, 2]) {
      world.locks.set(`revision-${number}`, { revision: String(number).padStart(40, '0'), ref: null })
    }
    world.narinfos.set(outputOf(drv('blender', '2')), 'signed')
    await syncOnce({ db, world, config: scriptedConfig({}, { site: 'github' }) })
    evaluation = (await db.evaluation.findFirstOrThrow({ where: { number: 2 } })).key
  })
  afterAll(() => {
    globalThis.flakeboardDb = undefined
  })

  const names = () => ({
    package: 'torch',
    branch: 'nixos-unstable',
    id: evaluation,
    name: drv('torch', '2').replace('/nix/store/', ''),
  })
  /** Calls the handler as the server does, and holds its answer against the description. */
  async function call(
    name: OperationName,
    given: Partial<ReturnType<typeof names>> = {},
    init: RequestInit & { query?: string } = {},
  ) {
    const { method, path } = partsOf({ on: operationOf(name).on })
    const { query = operationOf(name).example?.replace('pytorch', 'torch') ?? '', ...rest } = init
    const all = new Map(Object.entries({ ...names(), ...given }))
    const address = path.replace(/\{([^}]+)\}/g, (_, key: string) => encodeURIComponent(all.get(key) ?? key))
    const request = new Request(`http://localhost${address}?${query}`, { method, ...rest })
    const params = Promise.resolve(Object.fromEntries(all))
    return checkAnswer(name, await (await handlerOf(path, method))(request, { params }))
  }

  it.each(READS)('%s answers what it promises', async (name) => {
    const answer = await call(name)
    expect(answer.status).toBe(200)
  })

  it.each(HELD)('%s answers 304 to whoever holds its answer already', async (name) => {
    const etag = (await call(name)).headers.get('etag') ?? 'none'
    expect((await call(name, {}, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it.each(STRICT)('%s refuses a parameter that it does not know', async (name) => {
    const answer = await call(name, {}, { query: 'colour=red' })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ parameter: 'colour' })
  })

  it.each(WITH_NAMES)('%s answers 404 to names that nobody has', async (name) => {
    const none = { package: 'none', branch: 'none', id: 'none', name: 'none.drv' }
    expect((await call(name, none)).status).toBe(404)
  })

  it('answers a fault of ours as a problem that tells nothing of it', async () => {
    globalThis.flakeboardDb = undefined
    try {
      const answer = await call('GET /api/v1/matrix')
      expect(answer.status).toBe(500)
      expect(Object.keys(await answer.json())).toEqual(['type', 'title', 'status', 'digest'])
    } finally {
      globalThis.flakeboardDb = db
    }
  })
})

async function handlerOf(path: string, method: string): Promise<Handler> {
  const [, whole] = Object.entries(WHOLE_FOLDERS).find(([folder]) => path.startsWith(folder)) ?? []
  const file = resolve(whole ?? `app${path.replace(/\{([^}]+)\}/g, '[$1]')}`, 'route.ts')
  const module: Record<string, Handler> = await import(file)
  const handler = module[method]
  if (handler === undefined) throw new Error(`${file} has no ${method}`)
  return handler
}

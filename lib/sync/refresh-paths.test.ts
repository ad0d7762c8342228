import { createReadStream, existsSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { binaryCache } from '@/lib/caches/binary-cache'
import { cachixCache } from '@/lib/caches/cachix'
import type { Db } from '@/lib/db/client'
import { presenceOfCode } from '@/lib/domain/presence'
import { door, serve } from '@/lib/net/loopback'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { NARINFOS_MAX } from './ask-paths'
import { type RefreshTools, refreshPaths } from './refresh-paths'
import { cellsOf, presencesOf } from './testing/cells'
import { adaptersOf, builds, drv, HOUR_MS, outputOf, type ScriptedWorld, scriptedWorld } from './testing/scripted-world'
import { cacheFile, scriptedConfig, syncOnce } from './testing/sync-once'

const TORCH = outputOf(drv('torch'))
const FOREIGN = outputOf(drv('foreign'))
const CLIENT = '192.0.2.1'
const DAY_MS = 24 * HOUR_MS

const asked = (world: ScriptedWorld, what: string) => world.requests.filter((one) => one.startsWith(what)).length

async function askedPathsOf(db: Db) {
  const rows = await db.askedPath.findMany({ orderBy: [{ path: 'asc' }, { cache: 'asc' }] })
  return rows.map(({ presence, ...row }) => ({ ...row, presence: presenceOfCode(presence) }))
}

describeOnBothDatabases('Asking caches about paths', (fresh) => {
  async function torchWorld() {
    const world = scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded' }) }])
    const scripted = { db: await fresh(), world, config: scriptedConfig() }
    await syncOnce(scripted)
    const ask = (paths: readonly string[], tools: RefreshTools = {}) => {
      world.requests.length = 0
      const { db, config } = scripted
      return refreshPaths(paths, CLIENT, {
        db,
        config,
        adapters: adaptersOf(world),
        asks: [],
        now: () => world.clock,
        ...tools,
      })
    }
    const pass = (milliseconds: number) => {
      world.clock = new Date(world.clock.getTime() + milliseconds)
    }
    return { ...scripted, ask, pass }
  }

  it('reads the narinfo of what bulk shows, and stores it where it belongs', async () => {
    const { db, world, ask, pass } = await torchWorld()
    world.narinfos.set(TORCH, 'signed').set(FOREIGN, 'signed')
    pass(HOUR_MS)
    expect(await ask([drv('torch'), FOREIGN, outputOf(drv('nothing')), drv('unheard-of')])).toEqual({
      ...{ state: 'asked', retryAt: null, left: 0 },
    })
    expect(world.requests).toEqual(['info bulk', 'bulk 3', 'narinfo torch-1.0', 'narinfo foreign-1.0'])
    expect((await presencesOf(db, 'bulk')).get(TORCH)).toMatchObject({ presence: 'cached', signedBy: 'key-1' })
    expect((await cellsOf(db)).torch).toMatchObject({ ready: true })
    const stored = await askedPathsOf(db)
    expect(stored).toHaveLength(2)
    expect(stored).toContainEqual(expect.objectContaining({ path: FOREIGN, presence: 'cached', signedBy: 'key-1' }))
    expect(stored).toContainEqual(expect.objectContaining({ presence: 'missing', signedBy: null }))
  })

  it('asks nothing more often than configured, and lets bulk keep what was verified', async () => {
    const { db, world, ask, pass } = await torchWorld()
    world.narinfos.set(FOREIGN, 'signed')
    await ask([FOREIGN])
    pass(HOUR_MS / 2)
    expect(await ask([FOREIGN, TORCH])).toMatchObject({ state: 'fresh' })
    expect(world.requests).toEqual([])
    pass(HOUR_MS)
    await ask([FOREIGN])
    expect(world.requests).toEqual(['info bulk', 'bulk 1'])
    expect(await askedPathsOf(db)).toMatchObject([{ presence: 'cached', signedBy: 'key-1' }])
    world.narinfos.clear()
    pass(HOUR_MS)
    await ask([FOREIGN])
    expect(await askedPathsOf(db)).toMatchObject([{ presence: 'evicted', missingSinceMs: expect.anything() }])
  })

  it.each([
    ['forged', 'untrusted'],
    ['html', 'unreachable'],
    ['forbidden', 'missing'],
  ] as const)('calls nothing cached or ready whose narinfo is %s: %s', async (held, presence) => {
    const { db, world, ask, pass } = await torchWorld()
    world.narinfos.set(TORCH, held).set(FOREIGN, held)
    pass(HOUR_MS)
    await ask([TORCH, FOREIGN])
    expect((await presencesOf(db, 'bulk')).get(TORCH)).toMatchObject({ presence })
    expect((await cellsOf(db)).torch).toMatchObject({ ready: false })
    expect(await askedPathsOf(db)).toMatchObject([{ presence, signedBy: null }])
  })

  it('takes a cache that refuses for unreachable, and asks it again soon', async () => {
    const { db, world, ask, pass } = await torchWorld()
    world.narinfos.set(FOREIGN, 'signed')
    world.faults.set('info bulk', 'forbidden')
    expect(await ask([FOREIGN])).toMatchObject({ state: 'asked' })
    expect(await askedPathsOf(db)).toMatchObject([{ presence: 'unreachable', reason: 'scripted forbidden' }])
    expect(await db.cacheState.findFirst()).toMatchObject({ isAlive: false })
    world.faults.clear()
    pass(HOUR_MS / 30)
    await ask([FOREIGN])
    expect(await askedPathsOf(db)).toMatchObject([{ presence: 'cached', reason: null }])
    world.faults.set('bulk', 'unavailable')
    pass(HOUR_MS)
    await ask([FOREIGN])
    expect(await askedPathsOf(db)).toMatchObject([{ presence: 'unreachable', firstSeenMs: expect.anything() }])
  })

  it('reads so many narinfos at a time, and says how many paths wait', async () => {
    const { db, world, ask } = await torchWorld()
    const many = Array.from({ length: NARINFOS_MAX + 7 }, (_, index) => outputOf(drv(`path-${index}`)))
    const gone = outputOf(drv('gone'))
    for (const path of many) world.narinfos.set(path, 'signed')
    expect(await ask([...many, gone])).toMatchObject({ state: 'asked', left: 7 })
    expect(asked(world, 'narinfo')).toBe(NARINFOS_MAX)
    const stored = await askedPathsOf(db)
    expect(stored.map(({ path }) => path).sort()).toEqual([...many.slice(0, NARINFOS_MAX), gone].sort())
    expect(await ask([...many, gone])).toMatchObject({ left: 0 })
    expect([asked(world, 'bulk'), asked(world, 'narinfo')]).toEqual([1, 7])
  })

  it('limits what one client causes, and answers in time whatever a cache does', async () => {
    const { db, world, ask } = await torchWorld()
    const asks = Array.from({ length: 20 }, () => ({ client: CLIENT, atMs: world.clock.getTime() }))
    expect(await ask([FOREIGN], { asks })).toEqual({
      ...{ state: 'limited', left: 0, retryAt: new Date(world.clock.getTime() + 600_000) },
    })
    expect(world.requests).toEqual([])

    const { promise: held, resolve: release } = deferred()
    world.onRequest = () => held
    expect(await ask([FOREIGN], { timeoutMs: 1 })).toMatchObject({ state: 'late' })
    expect(await db.askedPath.count()).toBe(0)
    world.onRequest = async () => {}
    release()
    await expect.poll(() => db.askedPath.count()).toBe(1)
  })

  it('forgets what nobody asked for in a day, and what other keys verified', async () => {
    const { db, world, config, ask, pass } = await torchWorld()
    await ask([FOREIGN])
    pass(DAY_MS + 1)
    await ask([outputOf(drv('other'))])
    expect((await askedPathsOf(db)).map(({ path }) => path)).toEqual([outputOf(drv('other'))])
    const OTHER_KEY = 'key-2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
    await syncOnce({
      db,
      world,
      config: { ...config, caches: scriptedConfig({ caches: [cacheFile('bulk', [OTHER_KEY])] }).caches },
    })
    expect(await db.askedPath.count()).toBe(0)
  })
})

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve: () => resolve() }
}

const FIXTURES = new URL('../../fixtures/nix-binary-cache/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, FIXTURES), 'utf8')
const KEY = read('real-cache/expected/trusted-keys.txt').trim()
const LEAF = '/nix/store/8mh4hwz7wrsxwgx6s558ykydqqam4g5c-leaf-data-1.0'
const NOTHING = '/nix/store/00000000000000000000000000000000-nothing'
const INFO = 'StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 40\n'

const BadCases = z.object({
  trustedKeys: z.array(z.string()),
  cases: z.array(
    z.object({
      directory: z.string(),
      requestedStorePath: z.string(),
      expect: z.object({
        parse: z.string(),
        signature: z.string(),
        ca: z.string().optional(),
        path: z.string().optional(),
      }),
    }),
  ),
})
const bad = BadCases.parse(JSON.parse(read('real-cache-bad/manifest.json')))

/** A folder that Nix wrote, served as it is. */
const folder = (path: string): RequestListener => {
  return (request, response) => {
    const file = new URL(`${path}/${request.url?.slice(1)}`, FIXTURES)
    if (request.url === '/nix-cache-info') response.end(INFO)
    else if (existsSync(file)) createReadStream(file).pipe(response)
    else response.writeHead(404).end()
  }
}

const always =
  (status: number, body: string, type = 'text/plain'): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(body)
  }

/** A cache that answers for itself and meets every other question with this. */
const healthy =
  (other: RequestListener): RequestListener =>
  (request, response) => {
    if (request.url === '/nix-cache-info') response.end(INFO)
    else other(request, response)
  }

describeOnBothDatabases('Asking real caches about paths', (fresh) => {
  async function presencesAt(listener: RequestListener, paths: readonly string[], publicKeys = [KEY]) {
    const url = await serve(listener)
    const db = await fresh()
    const config = scriptedConfig({ caches: [cacheFile('plain', publicKeys)] })
    const caches = [binaryCache({ id: 'plain', url, publicKeys, request: door({ retries: 0 }).request })]
    await refreshPaths(paths, CLIENT, { db, config, asks: [], adapters: { caches }, now: () => new Date('2026-11-23') })
    const stored = new Map((await askedPathsOf(db)).map((row) => [row.path, row]))
    return paths.map((path) => stored.get(path))
  }

  it('finds what Nix signed, and nothing else, in every compression', async () => {
    for (const compression of ['none', 'gzip', 'bzip2', 'xz', 'zstd']) {
      expect(await presencesAt(folder(`real-cache/${compression}`), [LEAF, NOTHING])).toMatchObject([
        { presence: 'cached', signedBy: 'contract-test.example-1', narSize: 128n, reason: null },
        { presence: 'missing', signedBy: null },
      ])
    }
    expect(await presencesAt(folder('real-cache/unsigned'), [LEAF])).toMatchObject([
      { presence: 'untrusted', signedBy: null, reason: 'the narinfo is not signed' },
    ])
  })

  it('calls a path of a damaged cache cached only if its narinfo proves it', async () => {
    for (const { directory, requestedStorePath, expect: wanted } of bad.cases) {
      const [found] = await presencesAt(folder(`real-cache-bad/${directory}`), [requestedStorePath], bad.trustedKeys)
      const isProven = wanted.signature === 'valid' || wanted.ca === 'valid'
      const isGood = wanted.parse === 'ok' && wanted.path !== 'mismatch' && isProven
      expect([directory, found?.presence === 'cached']).toEqual([directory, isGood])
      if (found?.presence === 'untrusted') expect(found.reason).toMatch(/.{10}/)
    }
  }, 60_000)

  it.each<[string, RequestListener, string]>([
    ['refuses everything', always(403, 'no'), 'unreachable'],
    ['refuses what it does not have', healthy(always(403, 'no')), 'missing'],
    ['wants a password', healthy(always(401, 'no')), 'unreachable'],
    ['is broken', always(500, 'oops'), 'unreachable'],
    ['is broken for paths', healthy(always(500, 'oops')), 'unreachable'],
    ['shows a web page', healthy(always(200, '<!doctype html><p>Sign in', 'text/html')), 'unreachable'],
    ['shows a web page for everything', always(200, '<!doctype html>', 'text/html'), 'unreachable'],
    ['says nothing', healthy((request) => request.socket.destroy()), 'unreachable'],
    ['has nothing', healthy(always(404, '')), 'missing'],
  ])('takes a path of a cache that %s for %s', async (_what, listener, presence) => {
    expect(await presencesAt(listener, [LEAF])).toMatchObject([{ presence, signedBy: null }])
  })

  it('asks a cachix in bulk, and reads only what that shows', async () => {
    const requests: string[] = []
    const files = folder('real-cache/xz')
    const url = await serve((request, response) => {
      requests.push(`${request.method} ${request.url}`)
      if (request.method === 'POST') response.end(JSON.stringify([NOTHING.slice(11, 43)]))
      else files(request, response)
    })
    const db = await fresh()
    const config = scriptedConfig()
    const caches = [cachixCache({ id: 'bulk', name: 'c', url, api: url, publicKeys: [KEY], request: door().request })]
    await refreshPaths([LEAF, NOTHING], CLIENT, { db, config, asks: [], adapters: { caches } })
    expect(requests).toEqual([
      ...['GET /nix-cache-info', 'POST /api/v1/cache/c/narinfo', `GET /${LEAF.slice(11, 43)}.narinfo`],
    ])
    expect((await askedPathsOf(db)).map(({ presence }) => presence).sort()).toEqual(['cached', 'missing'])
  })
})

import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import type { Asks } from './ask-limits'
import { type RefreshTools, refreshPin } from './refresh-pin'
import { cellsOf, presencesOf } from './testing/cells'
import {
  adaptersOf,
  builds,
  drv,
  outputOf,
  type ScriptedRun,
  type ScriptedWorld,
  scriptedWorld,
} from './testing/scripted-world'
import { cacheFile, type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const HEADLINE = { packages: [{ name: 'torch', attributes: ['torch'], headline: true }] }
const WISH = { branch: 'nixos-unstable', packages: ['torch'] }
/** What torch is built to in run `number`. */
const torch = (number: number) => outputOf(drv('torch', `1.${number}`))

function runsUpTo(count: number): ScriptedRun[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    results: builds({ torch: 'succeeded', jax: 'succeeded' }, `1.${index + 1}`),
  }))
}

function worldOf(count: number): ScriptedWorld {
  const world = scriptedWorld(runsUpTo(count))
  for (let number = 1; number <= count; number += 1) {
    for (const name of ['torch', 'jax']) world.narinfos.set(outputOf(drv(name, `1.${number}`)), 'signed')
    world.locks.set(`revision-${number}`, { revision: String(number).padStart(40, '0'), ref: null })
  }
  return world
}

const asked = (world: ScriptedWorld, what: string) => world.requests.filter((one) => one.startsWith(what)).length

describeOnBothDatabases('Asking the caches for a pin', (fresh) => {
  async function synced(world: ScriptedWorld, config = scriptedConfig(HEADLINE)): Promise<Scripted> {
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    world.requests.length = 0
    world.clock = new Date(world.clock.getTime() + 3_600_000)
    return scripted
  }

  function refresh({ db, world, config }: Scripted, wish = WISH, tools: RefreshTools = {}) {
    const caches = config.caches.map(({ id }) => id)
    const adapters = adaptersOf(world, caches)
    return refreshPin(wish, '192.0.2.1', { db, config, adapters, asks: [], now: () => world.clock, ...tools })
  }

  async function presenceOf(db: Db, path: string, cache = 'bulk') {
    return (await presencesOf(db, cache)).get(path)?.presence ?? null
  }

  it('asks about the newest revisions in one bulk question, and stores what it learns', async () => {
    const scripted = await synced(worldOf(3))
    expect(await refresh(scripted)).toEqual({ kind: 'asked' })
    expect([asked(scripted.world, 'bulk'), asked(scripted.world, 'narinfo')]).toEqual([1, 0])
    expect((await presencesOf(scripted.db, 'bulk')).get(torch(3))?.checkedMs).toBe(
      BigInt(scripted.world.clock.getTime()),
    )
  })

  it('goes back past what was evicted, and the matrix shows the eviction at once', async () => {
    const scripted = await synced(worldOf(8))
    for (const number of [4, 5, 6, 7, 8]) scripted.world.narinfos.delete(torch(number))
    await refresh(scripted)
    expect(await presenceOf(scripted.db, torch(8))).toBe('evicted')
    expect(await presenceOf(scripted.db, torch(3))).toBe('cached')
    expect(asked(scripted.world, 'bulk')).toBe(2)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: false, lastReady: 'run-3' })
  })

  it('asks nothing older than the newest revision that has everything', async () => {
    const scripted = await synced(worldOf(8))
    const before = (await presencesOf(scripted.db, 'bulk')).get(torch(1))?.checkedMs
    await refresh(scripted)
    expect((await presencesOf(scripted.db, 'bulk')).get(torch(1))?.checkedMs).toBe(before)
  })

  it('reads from the source what no sync has read: outputs of packages that are not listed', async () => {
    const scripted = await synced(worldOf(2))
    scripted.world.narinfos.delete(outputOf(drv('jax', '1.2')))
    expect(await presenceOf(scripted.db, outputOf(drv('jax', '1.1')))).toBeNull()
    await refresh(scripted, { ...WISH, packages: ['torch', 'jax'] })
    expect(scripted.world.requests).toContain('derivation jax-1.1')
    expect(await presenceOf(scripted.db, outputOf(drv('jax', '1.1')))).toBe('cached')
  })

  it('leaves a derivation wanted that the source does not give', async () => {
    const scripted = await synced(worldOf(2))
    scripted.world.faults.set('derivation jax-1.1', 'unavailable')
    expect(await refresh(scripted, { ...WISH, packages: ['jax'] })).toEqual({ kind: 'asked' })
    expect(await scripted.db.derivation.findFirst({ where: { path: drv('jax', '1.1') } })).toMatchObject({
      detailsMs: null,
      isCached: false,
    })
  })

  it.each([
    ['refuses', 'info bulk', 'forbidden'],
    ['fails its bulk question', 'bulk', 'unavailable'],
    ['is limited', 'bulk', 'rate-limited'],
  ] as const)('makes nothing ready while the cache %s', async (_, question, fault) => {
    const scripted = await synced(worldOf(2))
    scripted.world.faults.set(question, fault)
    expect(await refresh(scripted)).toEqual({ kind: 'asked' })
    expect(await presenceOf(scripted.db, torch(2))).toBe('unreachable')
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: false })
  })

  it('asks a silent cache once, not for every revision', async () => {
    const scripted = await synced(worldOf(8))
    scripted.world.faults.set('info bulk', 'forbidden')
    await refresh(scripted)
    expect(asked(scripted.world, 'info')).toBe(1)
  })

  it.each(['forged', 'html'] as const)('does not take a narinfo for proof that is %s', async (held) => {
    const world = worldOf(1)
    world.narinfos.delete(torch(1))
    const scripted = await synced(world)
    world.narinfos.set(torch(1), held)
    await refresh(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: false })
    world.narinfos.set(torch(1), 'signed')
    world.clock = new Date(world.clock.getTime() + 3_600_000)
    await refresh(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: true })
  })

  it('asks a cache without a bulk question only for what no other has shown, and no oftener than configured', async () => {
    const config = scriptedConfig({ ...HEADLINE, caches: [cacheFile('plain'), cacheFile('bulk')] })
    const scripted = await synced(worldOf(1), config)
    await refresh(scripted)
    expect(asked(scripted.world, 'narinfo')).toBe(0)
    scripted.world.narinfos.clear()
    scripted.world.bulkOnly.clear()
    await refresh(scripted)
    expect(asked(scripted.world, 'narinfo')).toBe(1)
    await refresh(scripted)
    expect(asked(scripted.world, 'narinfo')).toBe(1)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: false })
  })

  it('asks nothing where no revision has the packages built', async () => {
    const world = scriptedWorld([{ number: 1, results: builds({ torch: 'failed' }) }])
    world.locks.set('revision-1', { revision: '1'.padStart(40, '0'), ref: null })
    const scripted = await synced(world)
    expect(await refresh(scripted)).toEqual({ kind: 'nothing' })
    expect(world.requests).toEqual([])
  })

  it('is limited per client', async () => {
    const scripted = await synced(worldOf(1))
    const asks: Asks = Array.from({ length: 20 }, () => ({ client: '192.0.2.1', atMs: scripted.world.clock.getTime() }))
    expect(await refresh(scripted, WISH, { asks })).toMatchObject({ kind: 'limited' })
    expect(scripted.world.requests).toEqual([])
  })

  it('does not let anyone wait for a slow cache, and stores its answer all the same', async () => {
    const scripted = await synced(worldOf(1))
    let release = () => {}
    const answered = new Promise<void>((resolve) => {
      release = resolve
    })
    scripted.world.onRequest = () => answered
    scripted.world.narinfos.clear()
    expect(await refresh(scripted, WISH, { timeoutMs: 0 })).toEqual({ kind: 'late' })
    release()
    await expect.poll(async () => (await cellsOf(scripted.db)).torch?.ready).toBe(false)
  })
})

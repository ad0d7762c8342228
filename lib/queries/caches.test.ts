import { expect, it } from 'vitest'
import { CachesSchema, FINDINGS_MAX } from '@/lib/contract/caches'
import type { Db } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { builds, drv, outputOf, scriptedWorld } from '@/lib/sync/testing/scripted-world'
import { BY_PERSON, cacheFile, PUBLIC_KEY, type Scripted, scriptedConfig, syncOnce } from '@/lib/sync/testing/sync-once'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readCaches } from './caches'
import { storePath } from './testing/rows'

const [TORCH, JAX] = [outputOf(drv('torch')), outputOf(drv('jax'))]
const OTHER_KEY = 'key-2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const DAY_MS = 86_400_000

describeOnBothDatabases('Caches as they are read', (fresh) => {
  async function read({ db, world, config }: Scripted) {
    const caches = await readCaches(world.clock, { db, config })
    expect(CachesSchema.parse(caches)).toEqual(caches)
    return caches.caches
  }
  async function synced(parts = {}): Promise<Scripted> {
    const world = scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded', jax: 'succeeded' }) }])
    world.narinfos.set(TORCH, 'signed').set(JAX, 'forged')
    const scripted = { db: await fresh(), world, config: scriptedConfig(parts) }
    await syncOnce(scripted)
    return scripted
  }

  it('are none where none is configured, and never asked before the first sync', async () => {
    const db = await fresh()
    expect(await read({ db, world: scriptedWorld(), config: scriptedConfig({ caches: [] }) })).toEqual([])
    const config = scriptedConfig({ caches: [cacheFile('bulk'), cacheFile('plain')] })
    const [bulk, plain] = await read({ db, world: scriptedWorld(), config })
    const nothing = {
      ...{ state: 'never-asked', reason: null, since: null, checkedAt: null, storeDir: null, alarms: [] },
      coverage: [{ branch: 'nixos-unstable', title: 'nixos-unstable', points: [] }],
      survival: { lives: 0, evicted: 0, medianDays: null, curve: [] },
      untrusted: { total: 0, findings: [] },
      questions: [],
    }
    expect(bulk).toMatchObject({ ...nothing, kind: 'cachix', published: { keys: null, readAt: null, changes: [] } })
    expect(plain).toMatchObject({ ...nothing, kind: 'binary-cache', published: null })
  })

  it('tell what they hold of a branch, in outputs and bytes, and of what is not trusted exactly why', async () => {
    const scripted = await synced()
    const [cache] = await read(scripted)
    expect(cache).toMatchObject({
      state: 'alive',
      checkedAt: scripted.world.clock.toISOString(),
      ...{ storeDir: '/nix/store', priority: 40, wantMassQuery: true, verifyUrl: 'https://app.cachix.org/cache/bulk' },
      nixConf: `extra-substituters = https://bulk.example\nextra-trusted-public-keys = ${PUBLIC_KEY}\n`,
    })
    expect(cache?.coverage[0]?.points).toMatchObject([
      {
        day: scripted.world.clock.toISOString().slice(0, 10),
        ...{ needed: 2, presences: { cached: 1, untrusted: 1, missing: 0 } },
        ...{ fileSize: { bytes: 5, outputs: 1 }, narSize: { bytes: 10, outputs: 1 } },
      },
    ])
    expect(cache?.untrusted).toMatchObject({
      total: 1,
      findings: [
        {
          ...{ path: JAX, output: 'out', derivation: drv('jax'), packages: ['jax'], isCurrent: true },
          ...{ reason: 'no signature by a configured key', since: scripted.world.clock.toISOString() },
        },
      ],
    })
  })

  it('keep what is known of a cache that refuses, and say that it is what was known', async () => {
    const scripted = await synced()
    const aliveAt = scripted.world.clock.toISOString()
    scripted.world.faults.set('info bulk', 'forbidden')
    await syncOnce(scripted, BY_PERSON)
    const [cache] = await read(scripted)
    const since = scripted.world.clock.toISOString()
    expect(cache).toMatchObject({ state: 'refusing', reason: 'scripted forbidden', since, aliveAt, priority: 40 })
    expect(cache?.coverage[0]?.points.at(-1)?.presences).toMatchObject({ cached: 0, unreachable: 2 })
    expect(cache?.coverage[0]?.points.at(-1)).toMatchObject({ lastCached: 1 })
    expect(cache?.untrusted.findings).toMatchObject([{ path: JAX, isCurrent: false, reason: null, checkedAt: aliveAt }])
    expect(cache?.survival).toMatchObject({ lives: 1, evicted: 0 })
  })

  it('raise an alarm when the published keys change, with both sets', async () => {
    const scripted = await synced()
    expect((await read(scripted))[0]?.alarms).toEqual([])
    scripted.world.publishedKeys = [OTHER_KEY]
    await syncOnce(scripted, BY_PERSON)
    const at = scripted.world.clock.toISOString()
    const [cache] = await read(scripted)
    expect(cache?.alarms).toEqual([
      { kind: 'changed', keys: [PUBLIC_KEY, OTHER_KEY] },
      { kind: 'configured-not-published', keys: [PUBLIC_KEY] },
      { kind: 'published-not-configured', keys: [OTHER_KEY] },
    ])
    expect(cache?.published).toMatchObject({
      ...{ keys: [OTHER_KEY], since: at, readAt: at, reason: null },
      changes: [{ at, before: [PUBLIC_KEY], after: [OTHER_KEY] }],
    })
  })

  it('tell the survival of outputs with its median', async () => {
    const scripted = await synced()
    await scripted.db.cacheLife.deleteMany()
    await scripted.db.cacheLife.createMany({
      data: [
        { cache: 'bulk', days: 10, evicted: 2, censored: 1 },
        { cache: 'bulk', days: 3, evicted: 1, censored: 0 },
        { cache: 'other', days: 1, evicted: 9, censored: 9 },
      ],
    })
    expect((await read(scripted))[0]?.survival).toEqual({
      ...{ lives: 4, evicted: 3, medianDays: 10 },
      curve: [
        { days: 3, atRisk: 4, evicted: 1, censored: 0, survival: 0.75 },
        { days: 10, atRisk: 3, evicted: 2, censored: 1, survival: 0.25 },
      ],
    })
  })

  it('list the newest findings alone, and how many there are', async () => {
    const scripted = await synced()
    await addUntrusted(scripted.db, FINDINGS_MAX + 5)
    const [cache] = await read(scripted)
    expect(cache?.untrusted.total).toBe(FINDINGS_MAX + 6)
    expect(cache?.untrusted.findings).toHaveLength(FINDINGS_MAX)
    expect(cache?.untrusted.findings[0]).toMatchObject({ path: JAX })
  })

  it('tell questions by the hour, and leave out coverage of more than half a year ago', async () => {
    const scripted = await synced()
    const { db, world } = scripted
    const hour = Math.floor(world.clock.getTime() / 3_600_000)
    const asked = { cache: 'bulk', hour, isByPerson: false }
    await db.cacheQuestion.createMany({
      data: [
        { ...asked, kind: 'health', count: 1 },
        { ...asked, kind: 'narinfo', count: 3 },
        { ...asked, kind: 'narinfo', count: 2, isByPerson: true },
        { ...asked, kind: 'bulk', count: 1, hour: hour - 5 },
      ],
    })
    const [point] = await db.coverage.findMany()
    if (point === undefined) throw new Error('no coverage')
    const old = { ...point, day: point.day - 400, untilMs: point.untilMs - BigInt(390 * DAY_MS) }
    await db.coverage.create({ data: old })
    const [cache] = await read(scripted)
    expect(cache?.questions).toEqual([
      { hour: new Date(hour * 3_600_000).toISOString(), health: 1, keys: 0, bulk: 0, narinfo: 5, byPerson: 2 },
      { hour: new Date((hour - 5) * 3_600_000).toISOString(), health: 0, keys: 0, bulk: 1, narinfo: 0, byPerson: 0 },
    ])
    expect(cache?.coverage[0]?.points).toHaveLength(1)
  })

  async function addUntrusted(db: Db, count: number) {
    for (let number = 0; number < count; number += 1) {
      const presences = {
        create: { cache: 'bulk', presence: presenceCode('untrusted'), untrustedMs: BigInt(number), reason: 'forged' },
      }
      const output = { name: 'out', path: storePath(`odd-${number}`), presences }
      await db.derivation.create({
        data: {
          path: storePath(`odd-${number}.drv`),
          name: 'odd',
          version: '1',
          status: 1,
          outputs: { create: [output] },
        },
      })
    }
  }
})

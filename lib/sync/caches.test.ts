import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { countLives } from './store-lives'
import { builds, drv, outputOf, type ScriptedWorld, scriptedWorld } from './testing/scripted-world'
import {
  BY_PERSON,
  BY_SCHEDULE,
  cacheFile,
  PUBLIC_KEY,
  type Scripted,
  scriptedConfig,
  syncOnce,
} from './testing/sync-once'

const TORCH = outputOf(drv('torch'))
const OTHER_KEY = 'key-2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const DAY_MS = 86_400_000

function torchWorld(held?: 'signed' | 'forged'): ScriptedWorld {
  const world = scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded', jax: 'failed' }) }])
  if (held !== undefined) world.narinfos.set(TORCH, held)
  return world
}

const asked = (world: ScriptedWorld, what: string) => world.requests.filter((one) => one.startsWith(what)).length
const wait = ({ world }: Scripted, ms: number) => {
  world.clock = new Date(world.clock.getTime() + ms)
}

describeOnBothDatabases('Caches', (fresh) => {
  async function synced(world: ScriptedWorld, config = scriptedConfig()): Promise<Scripted> {
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    return scripted
  }
  const coverageOf = ({ db }: Scripted) =>
    db.coverage.findMany({ where: { branch: 'nixos-unstable', cache: 'bulk' }, orderBy: { day: 'asc' } })

  it('are asked how they are, and which keys they publish, even when no output is due, and no oftener than configured', async () => {
    const scripted = await synced(scriptedWorld())
    expect(scripted.world.requests).toEqual(expect.arrayContaining(['info bulk', 'keys bulk']))
    for (const due of [0, 0, 0, 1, 0]) {
      await syncOnce(scripted)
      expect([asked(scripted.world, 'info'), asked(scripted.world, 'keys')]).toEqual([due, due])
    }
    await syncOnce(scripted, BY_PERSON)
    expect([asked(scripted.world, 'info'), asked(scripted.world, 'keys')]).toEqual([1, 1])
  })

  it('are asked for their health once in a run that asks them twice for outputs', async () => {
    const torch = [{ name: 'torch', attributes: ['torch'], headline: true }]
    const world = scriptedWorld(
      [1, 2].map((number) => ({ number, results: builds({ torch: 'succeeded' }, `${number}`) })),
    )
    await synced(world, scriptedConfig({ packages: torch }))
    expect([asked(world, 'bulk'), asked(world, 'info')]).toEqual([2, 1])
  })

  it('keep what they said of themselves, and since when they refuse, while they refuse', async () => {
    const scripted = await synced(torchWorld('signed'))
    const alive = await scripted.db.cacheState.findFirst()
    expect(alive).toMatchObject({ isAlive: true, storeDir: '/nix/store', priority: 40, wantMassQuery: true })
    scripted.world.faults.set('info bulk', 'unauthorized')
    await syncOnce(scripted, BY_PERSON)
    const refusedMs = BigInt(scripted.world.clock.getTime())
    await syncOnce(scripted, BY_PERSON)
    const refusal = { isAlive: false, reason: 'scripted unauthorized', sinceMs: refusedMs, aliveMs: alive?.checkedMs }
    expect(await scripted.db.cacheState.findFirst()).toMatchObject({ ...refusal, storeDir: '/nix/store', priority: 40 })
    expect((await coverageOf(scripted)).at(-1)).toMatchObject({ needed: 1, cached: 0, unreachable: 1 })
  })

  it('have each change of their published keys kept, and a failure beside what was last read', async () => {
    const scripted = await synced(torchWorld())
    const readKeys = () => scripted.db.publishedKeys.findFirst()
    const first = await readKeys()
    expect(first).toMatchObject({ keys: JSON.stringify([PUBLIC_KEY]), reason: null })
    expect(await scripted.db.publishedKeysChange.count()).toBe(0)
    scripted.world.publishedKeys = [OTHER_KEY, PUBLIC_KEY, OTHER_KEY]
    await syncOnce(scripted, BY_PERSON)
    const changedMs = BigInt(scripted.world.clock.getTime())
    expect(await readKeys()).toMatchObject({ keys: JSON.stringify([PUBLIC_KEY, OTHER_KEY]), sinceMs: changedMs })
    scripted.world.publishedKeys.reverse()
    scripted.world.faults.set('keys', 'unauthorized')
    expect((await syncOnce(scripted, BY_PERSON)).errors).toMatchObject([
      { source: 'bulk', reason: 'scripted unauthorized' },
    ])
    expect(await readKeys()).toMatchObject({ sinceMs: changedMs, readMs: changedMs, reason: 'scripted unauthorized' })
    scripted.world.faults.clear()
    await syncOnce(scripted, BY_PERSON)
    expect(await readKeys()).toMatchObject({ sinceMs: changedMs, reason: null })
    expect(await scripted.db.publishedKeysChange.findMany()).toEqual([
      { cache: 'bulk', atMs: changedMs, before: first?.keys, after: JSON.stringify([PUBLIC_KEY, OTHER_KEY]) },
    ])
  })

  it('get each narinfo read once, of what is shown and of what is kept for pins, however often they are asked', async () => {
    const results = [1, 2].map((number) => builds({ torch: 'succeeded', jax: 'succeeded' }, `${number}`))
    const world = scriptedWorld(results.map((built, index) => ({ number: index + 1, results: built })))
    for (const built of results) {
      for (const { derivation } of built) world.narinfos.set(outputOf(derivation ?? ''), 'signed')
    }
    const packages = [{ name: 'torch', attributes: ['torch'], headline: true }]
    const scripted = await synced(world, scriptedConfig({ packages }))
    const readings = () => world.requests.filter((one) => one.startsWith('narinfo')).sort()
    // jax of the older evaluation is neither shown nor kept: it is never asked for.
    expect(readings()).toEqual(['narinfo jax-2', 'narinfo torch-1', 'narinfo torch-2'])
    for (const input of [BY_SCHEDULE, BY_PERSON, BY_SCHEDULE, BY_PERSON]) {
      wait(scripted, DAY_MS)
      await syncOnce(scripted, input)
      expect([readings(), asked(world, 'bulk 3')]).toEqual([[], 1])
    }
  })

  it('get a narinfo that is not trusted read ever more rarely, while bulk keeps telling that it is there', async () => {
    const scripted = await synced(torchWorld('forged'))
    const since = BigInt(scripted.world.clock.getTime())
    const readAfter: number[] = []
    for (let hours = 1; hours <= 16; hours += 1) {
      wait(scripted, 45 * 60_000)
      await syncOnce(scripted)
      expect(asked(scripted.world, 'bulk')).toBe(1)
      if (asked(scripted.world, 'narinfo') > 0) readAfter.push(hours)
    }
    expect(readAfter).toEqual([1, 2, 4, 8, 16])
    expect(await scripted.db.presence.findFirst()).toMatchObject({
      presence: presenceCode('untrusted'),
      reason: 'no signature by a configured key',
      untrustedMs: since,
    })
    await syncOnce(scripted, BY_PERSON)
    expect(asked(scripted.world, 'narinfo')).toBe(1)
    scripted.world.narinfos.set(TORCH, 'signed')
    await syncOnce(scripted, BY_PERSON)
    expect(await scripted.db.presence.findFirst()).toMatchObject({
      presence: presenceCode('cached'),
      untrustedMs: null,
    })
  })

  it('without a bulk question are asked for what the matrix shows alone, and no oftener than configured', async () => {
    const world = scriptedWorld(
      [1, 2].map((number) => ({ number, results: builds({ torch: 'succeeded' }, `${number}`) })),
    )
    const packages = [{ name: 'torch', attributes: ['torch'], headline: true }]
    const scripted = await synced(world, scriptedConfig({ packages, caches: [cacheFile('plain')] }))
    expect(world.requests.filter((one) => one.startsWith('narinfo'))).toEqual(['narinfo torch-2'])
    for (const due of [0, 0, 0, 1]) {
      await syncOnce(scripted)
      expect(asked(world, 'narinfo')).toBe(due)
    }
  })

  it('have one row of coverage per day on which something changed: the last of the day', async () => {
    const scripted = await synced(torchWorld())
    await syncOnce(scripted, BY_PERSON)
    expect(await coverageOf(scripted)).toMatchObject([{ needed: 1, cached: 0, missing: 1, fileSize: 0n }])
    scripted.world.narinfos.set(TORCH, 'signed')
    await syncOnce(scripted, BY_PERSON)
    const held = { needed: 1, cached: 1, missing: 0, fileSize: 5n, fileSizesKnown: 1, narSize: 10n, narSizesKnown: 1 }
    expect(await coverageOf(scripted)).toMatchObject([held])
    wait(scripted, 3 * DAY_MS)
    await syncOnce(scripted, BY_PERSON)
    expect(await coverageOf(scripted)).toMatchObject([{ untilMs: BigInt(scripted.world.clock.getTime()) }])
    scripted.world.narinfos.clear()
    await syncOnce(scripted, BY_PERSON)
    const [before, after] = await coverageOf(scripted)
    expect(before).toMatchObject(held)
    expect(after).toMatchObject({ day: (before?.day ?? 0) + 3, cached: 0, evicted: 1, missing: 0 })
  })

  it('count each output that a branch needs once, and none that is ignored', async () => {
    const config = scriptedConfig({ ignoreOutputs: ['out'] })
    expect(await coverageOf(await synced(torchWorld('signed'), config))).toEqual([])
    const variants = scriptedWorld([
      {
        number: 1,
        results: ['a', 'b'].map((name) => ({ path: [name], status: 'succeeded', derivation: drv('torch') })),
      },
    ])
    expect(await coverageOf(await synced(variants))).toMatchObject([{ needed: 1 }])
  })

  it('tell how long outputs lived: from first seen to evicted, again after a return, and what still lives', async () => {
    const db = await fresh()
    await live(db, 1, [
      ['cached', 0],
      ['unreachable', 1],
      ['cached', 2],
      ['evicted', 3.5],
    ])
    await live(
      db,
      2,
      [
        ['cached', 0],
        ['evicted', 1],
        ['missing', 2],
        ['cached', 4],
        ['evicted', 4.2],
        ['cached', 9],
      ],
      11,
    )
    await live(db, 3, [
      ['untrusted', 0],
      ['cached', 1],
      ['cached', 2],
      ['untrusted', 3.1],
      ['missing', 5],
    ])
    await live(db, 4, [
      ['missing', 0],
      ['unreachable', 1],
    ])
    await live(db, 5, [['cached', 2]], 2)
    await live(db, 6, [['cached', 2]], 2.3)
    expect(await countLives(db, 'bulk')).toEqual([
      { days: 0, evicted: 0, censored: 1 },
      { days: 1, evicted: 2, censored: 1 },
      { days: 2, evicted: 0, censored: 1 },
      { days: 3, evicted: 0, censored: 1 },
      { days: 4, evicted: 1, censored: 0 },
    ])
    expect(await countLives(db, 'other')).toEqual([])
  })

  it('have the lives of outputs kept by the sync', async () => {
    const scripted = await synced(torchWorld('signed'))
    wait(scripted, 2 * DAY_MS)
    await syncOnce(scripted)
    expect(await scripted.db.cacheLife.findMany()).toEqual([{ cache: 'bulk', days: 3, evicted: 0, censored: 1 }])
    scripted.world.narinfos.clear()
    await syncOnce(scripted, BY_PERSON)
    expect(await scripted.db.cacheLife.findMany()).toEqual([{ cache: 'bulk', days: 3, evicted: 1, censored: 0 }])
  })

  async function live(
    db: Db,
    output: number,
    changes: readonly [Parameters<typeof presenceCode>[0], number][],
    seen = 0,
  ) {
    const ms = (days: number) => BigInt(Math.round(1.7e12 + days * DAY_MS))
    const { id } = await db.derivation.create({
      data: {
        ...{ path: drv(`d${output}`), name: 'd', version: '1', status: 1 },
        outputs: { create: [{ name: 'out', path: outputOf(drv(`d${output}`)) }] },
      },
    })
    const { id: outputId } = await db.output.findFirstOrThrow({ where: { derivationId: id } })
    await db.presence.create({ data: { outputId, cache: 'bulk', presence: 1, lastSeenMs: ms(seen) } })
    await db.presenceChange.createMany({
      data: changes.map(([word, days]) => ({ outputId, cache: 'bulk', atMs: ms(days), presence: presenceCode(word) })),
    })
  }
})

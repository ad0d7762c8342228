import { expect, it } from 'vitest'
import { presenceOfCode } from '@/lib/domain/presence'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { cellsOf, presencesOf } from './testing/cells'
import { builds, drv, outputOf, type ScriptedWorld, scriptedWorld } from './testing/scripted-world'
import { BY_PERSON, cacheFile, type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const TORCH = outputOf(drv('torch'))
const OTHER_KEY = 'key-2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

function torchWorld(held?: 'signed' | 'forged' | 'forbidden' | 'html'): ScriptedWorld {
  const world = scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded' }) }])
  if (held !== undefined) world.narinfos.set(TORCH, held)
  return world
}

const asked = (world: ScriptedWorld, what: string) => world.requests.filter((one) => one.startsWith(what)).length

describeOnBothDatabases('Presence in caches', (fresh) => {
  async function synced(world: ScriptedWorld, config = scriptedConfig()): Promise<Scripted> {
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    return scripted
  }

  async function torchOf({ db }: Scripted, cache = 'bulk') {
    return (await presencesOf(db, cache)).get(TORCH)
  }

  /** The sums that the head of the branch shows. */
  async function headOf({ db }: Scripted) {
    const { ready, packages, unready } = await db.branchState.findFirstOrThrow()
    return { ready, packages, unready: JSON.parse(unready) }
  }

  async function historyOf({ db }: Scripted) {
    const changes = await db.presenceChange.findMany({ orderBy: { atMs: 'asc' } })
    return changes.map(({ presence }) => presenceOfCode(presence))
  }

  it('calls an output cached and its package ready once its narinfo was verified, and from then on by bulk alone', async () => {
    const scripted = await synced(torchWorld('signed'))
    expect(asked(scripted.world, 'narinfo')).toBe(1)
    expect(await torchOf(scripted)).toMatchObject({ presence: 'cached', signedBy: 'key-1', narSize: 10n })
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: true, lastReady: 'run-1' })
    await syncOnce(scripted, BY_PERSON)
    expect([asked(scripted.world, 'narinfo'), asked(scripted.world, 'bulk')]).toEqual([0, 1])
    expect(await torchOf(scripted)).toMatchObject({ presence: 'cached', signedBy: 'key-1', narSize: 10n })
    expect(await historyOf(scripted)).toEqual(['cached'])
  })

  it.each([
    ['forged', 'untrusted'],
    ['html', 'unreachable'],
    ['forbidden', 'missing'],
    [undefined, 'missing'],
  ] as const)('does not call a package ready whose narinfo is %s: %s', async (held, presence) => {
    const scripted = await synced(torchWorld(held))
    expect(await torchOf(scripted)).toMatchObject({ presence, signedBy: null })
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ status: 'succeeded', ready: false, lastReady: null })
    expect(await headOf(scripted)).toEqual({ ready: 0, packages: 1, unready: { [presence]: 1 } })
  })

  it('calls missing what bulk shows and the cache itself does not have', async () => {
    const world = torchWorld()
    world.bulkOnly.add(TORCH)
    const scripted = await synced(world)
    expect(asked(world, 'narinfo')).toBe(1)
    expect(await torchOf(scripted)).toMatchObject({ presence: 'missing' })
  })

  it('keeps the history of an eviction, and reads the narinfo anew when the path comes back', async () => {
    const scripted = await synced(torchWorld('signed'))
    scripted.world.narinfos.clear()
    await syncOnce(scripted, BY_PERSON)
    expect(await torchOf(scripted)).toMatchObject({ presence: 'evicted' })
    expect(await headOf(scripted)).toEqual({ ready: 0, packages: 1, unready: { evicted: 1 } })
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: false, lastReady: null })
    scripted.world.narinfos.set(TORCH, 'forged')
    await syncOnce(scripted, BY_PERSON)
    expect(await torchOf(scripted)).toMatchObject({ presence: 'untrusted', signedBy: null })
    scripted.world.narinfos.set(TORCH, 'signed')
    await syncOnce(scripted, BY_PERSON)
    expect(asked(scripted.world, 'narinfo')).toBe(1)
    expect(await historyOf(scripted)).toEqual(['cached', 'evicted', 'untrusted', 'cached'])
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: true })
  })

  it('keeps the last presence beside a cache that refuses, and is ready again when the cache is back', async () => {
    const scripted = await synced(torchWorld('signed'))
    const before = await torchOf(scripted)
    scripted.world.faults.set('info bulk', 'forbidden')
    const outcome = await syncOnce(scripted, BY_PERSON)
    expect(outcome.errors).toMatchObject([{ source: 'bulk', address: 'scripted:info bulk' }])
    expect(await torchOf(scripted)).toMatchObject({
      presence: 'unreachable',
      lastCheckedMs: before?.checkedMs,
      firstSeenMs: before?.firstSeenMs,
    })
    expect(presenceOfCode((await torchOf(scripted))?.lastPresence ?? 0)).toBe('cached')
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: false })
    expect(await scripted.db.cacheState.findFirst()).toMatchObject({ isAlive: false, reason: 'scripted forbidden' })
    scripted.world.faults.clear()
    await syncOnce(scripted, BY_PERSON)
    expect(await torchOf(scripted)).toMatchObject({ presence: 'cached' })
    expect(asked(scripted.world, 'narinfo')).toBe(0)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: true })
  })

  it('asks no oftener than recheckMinutes on schedule, and at once when a person asks', async () => {
    const scripted = await synced(torchWorld('signed'))
    await syncOnce(scripted)
    expect([asked(scripted.world, 'bulk'), asked(scripted.world, 'info')]).toEqual([0, 0])
    await syncOnce(scripted, BY_PERSON)
    expect([asked(scripted.world, 'bulk'), asked(scripted.world, 'info')]).toEqual([1, 1])
    for (const due of [0, 0, 0, 1]) {
      await syncOnce(scripted)
      expect(asked(scripted.world, 'bulk')).toBe(due)
    }
  })

  it('takes what other keys verified for unchecked until it is verified again', async () => {
    const world = torchWorld('signed')
    const { db } = await synced(world)
    const config = scriptedConfig({ caches: [cacheFile('bulk', [OTHER_KEY])] })
    world.faults.set('info bulk', 'unavailable')
    await syncOnce({ db, world, config })
    expect(await torchOf({ db, world, config })).toMatchObject({ presence: 'unreachable', lastPresence: null })
    expect((await cellsOf(db)).torch).toMatchObject({ ready: false, lastReady: null })
    world.faults.clear()
    world.narinfos.set(TORCH, 'forged')
    await syncOnce({ db, world, config }, BY_PERSON)
    expect(await torchOf({ db, world, config })).toMatchObject({ presence: 'untrusted' })
    expect((await cellsOf(db)).torch).toMatchObject({ ready: false, lastReady: null })
  })

  it('does not call evicted at another address what the server there never had', async () => {
    const scripted = await synced(torchWorld('signed'))
    scripted.world.narinfos.clear()
    const moved = { ...cacheFile('bulk'), url: 'https://moved.example' }
    await syncOnce({ ...scripted, config: scriptedConfig({ caches: [moved] }) }, BY_PERSON)
    expect(await torchOf(scripted)).toMatchObject({ presence: 'missing', firstSeenMs: null })
    expect(await historyOf(scripted)).toEqual(['missing'])
  })

  it('lets the best of several caches count, and forgets one that is configured no more', async () => {
    const world = torchWorld('signed')
    const both = scriptedConfig({ caches: [cacheFile('plain'), cacheFile('bulk')] })
    const { db } = await synced(world, both)
    expect(await torchOf({ db, world, config: both }, 'plain')).toMatchObject({ presence: 'cached' })
    world.faults.set('bulk', 'unavailable')
    await syncOnce({ db, world, config: both }, BY_PERSON)
    expect((await cellsOf(db)).torch).toMatchObject({ ready: true })
    const one = scriptedConfig()
    await syncOnce({ db, world, config: one })
    expect((await cellsOf(db)).torch).toMatchObject({ ready: false })
  })

  it('does not let an output whose path has changed inherit what caches said of the old path', async () => {
    const scripted = await synced(torchWorld('signed'))
    await scripted.db.output.updateMany({ data: { path: outputOf(drv('old')) } })
    await scripted.db.derivation.updateMany({ data: { detailsMs: null } })
    scripted.world.narinfos.clear()
    await syncOnce(scripted)
    expect(await torchOf(scripted)).toMatchObject({ presence: 'missing' })
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ ready: false })
  })

  it('tells readers of news, and of asking again nothing', async () => {
    const scripted = await synced(torchWorld('signed'))
    const factsMs = async () => (await scripted.db.meta.findUnique({ where: { key: 'factsMs' } }))?.value
    const first = await factsMs()
    await syncOnce(scripted, BY_PERSON)
    expect(await factsMs()).toBe(first)
    scripted.world.narinfos.clear()
    await syncOnce(scripted, BY_PERSON)
    expect(await factsMs()).not.toBe(first)
  })
})

import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { cellsOf, statusesOf } from './testing/cells'
import { dump } from './testing/dump'
import { builds, drv, idOf, type ScriptedRun, type ScriptedWorld, scriptedWorld } from './testing/scripted-world'
import { BY_SCHEDULE, type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const GOOD = builds({ torch: 'succeeded', jax: 'succeeded' })
const [VISION, MAGMA] = [drv('vision'), drv('magma')]
const BLOCKED: ScriptedRun = {
  number: 2,
  results: builds({ vision: 'dependency-failed' }),
  failures: [
    { derivation: VISION, status: 'dependency-failed', failedDependencies: [MAGMA] },
    { derivation: MAGMA, status: 'failed', failedDependencies: [] },
  ],
}
const config = scriptedConfig()
const detailsOf = (world: ScriptedWorld) => world.requests.filter((one) => !/^(list|info|bulk|head)/.test(one))

describeOnBothDatabases('Syncing again', (fresh) => {
  async function synced(runs: readonly ScriptedRun[], change: (world: ScriptedWorld) => void = () => {}) {
    const scripted: Scripted = { db: await fresh(), world: scriptedWorld(runs), config }
    change(scripted.world)
    await syncOnce(scripted)
    return scripted
  }

  it('leaves the same rows as syncing once', async () => {
    const runs = [{ number: 1, results: GOOD }, BLOCKED, { number: 3, state: 'cancelled' as const }]
    const scripted = await synced(runs)
    const first = await dump(scripted.db)
    expect(first.results).toHaveLength(3)
    await syncOnce(scripted)
    await syncOnce(scripted, { ...BY_SCHEDULE, full: true })
    expect(await dump(scripted.db)).toEqual(first)
  })

  it('asks only for what is new, unfinished or shown', async () => {
    const runs = [1, 2, 3, 4].map((number) => ({ number, results: GOOD }))
    const scripted = await synced(runs)
    await syncOnce(scripted)
    expect(detailsOf(scripted.world)).toEqual([`evaluation ${idOf(4)}`])
    scripted.world.runs.push({ number: 5, state: 'running', results: [] })
    await syncOnce(scripted)
    const lock = 'lock revision-5 nixpkgs'
    expect(detailsOf(scripted.world)).toEqual([`evaluation ${idOf(4)}`, `evaluation ${idOf(5)}`, lock])
    scripted.world.runs[4] = { number: 5, results: GOOD }
    await syncOnce(scripted)
    expect(detailsOf(scripted.world)).toEqual([`run ${idOf(5)}`, `evaluation ${idOf(5)}`, `evaluation ${idOf(4)}`])
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ evaluation: idOf(5), since: idOf(1) })
  })

  it('reads everything within the history again when asked for a full sync', async () => {
    const scripted = await synced([1, 2, 3].map((number) => ({ number, results: GOOD })))
    scripted.world.runs[0] = { number: 1, results: builds({ torch: 'failed', jax: 'succeeded' }) }
    await syncOnce(scripted, { ...BY_SCHEDULE, full: true })
    const read = detailsOf(scripted.world).filter((one) => one.startsWith('evaluation'))
    expect(read).toEqual([3, 2, 1].map((number) => `evaluation ${idOf(number)}`))
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ since: idOf(2) })
  })

  it('goes on next time with what a fault has interrupted', async () => {
    const scripted = await synced(
      [1, 2, 3].map((number) => ({ number, results: GOOD })),
      ({ faults }) => {
        faults.set(`evaluation ${idOf(1)}`, 'unavailable')
        faults.set('derivation torch-1.0', 'timeout')
      },
    )
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ since: idOf(2), strip: ['succeeded', 'succeeded'] })
    scripted.world.faults.clear()
    await syncOnce(scripted)
    expect(await dump(scripted.db)).toEqual(await dump((await synced(scripted.world.runs)).db))
  })

  it('keeps what was listed before a page that cannot be read, and lists the rest next time', async () => {
    const runs = [1, 2, 3, 4, 5].map((number) => ({ number, results: GOOD }))
    const scripted = await synced(runs, (world) => {
      world.pageSize = 2
      world.faults.set('list 4', 'unavailable')
    })
    expect(await statusesOf(scripted.db)).toEqual({ jax: 'succeeded', torch: 'succeeded' })
    expect(await scripted.db.evaluation.count()).toBe(4)
    expect(await scripted.db.sourceState.findFirst()).toMatchObject({ readMs: null, listedThrough: null })
    scripted.world.faults.clear()
    await syncOnce(scripted)
    expect(await dump(scripted.db)).toEqual(await dump((await synced(runs)).db))
  })

  it('records an item that does not parse, goes on, and asks for it again', async () => {
    const scripted = await synced(
      [1, 2, 3].map((number) => ({ number, results: GOOD })),
      ({ badItems }) => badItems.set(0, 'item 4: id: expected string'),
    )
    expect(await scripted.db.syncError.findMany()).toMatchObject([
      { source: 'ci', address: 'scripted:item', reason: 'item 4: id: expected string' },
    ])
    expect(await scripted.db.evaluation.count()).toBe(3)
    scripted.world.badItems.clear()
    scripted.world.runs.push({ number: 4, results: GOOD })
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ evaluation: idOf(4) })
    expect(await scripted.db.sourceState.findFirst()).toMatchObject({ listedThrough: 4 })
  })

  it('keeps what it knows when a source fails as a whole', async () => {
    const scripted = await synced([{ number: 1, results: GOOD }])
    const before = await dump(scripted.db)
    const readMs = (await scripted.db.sourceState.findFirst())?.readMs
    scripted.world.faults.set('list', 'unavailable')
    scripted.world.faults.set('evaluation', 'invalid-response')
    const outcome = await syncOnce(scripted)
    expect(outcome.status).toBe('failed')
    expect(outcome.errors.map(({ address }) => address)).toEqual([
      'scripted:list newest',
      `scripted:evaluation ${idOf(1)}`,
    ])
    expect(await dump(scripted.db)).toEqual(before)
    expect((await scripted.db.sourceState.findFirst())?.readMs).toBe(readMs)
  })

  it('shows a blocked package without a cause while the failure graph cannot be read, and fills it in', async () => {
    const scripted = await synced([BLOCKED], ({ faults }) => faults.set('failures', 'unavailable'))
    expect((await cellsOf(scripted.db)).vision).toMatchObject({ status: 'dependency-failed', causes: [] })
    scripted.world.faults.clear()
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).vision).toMatchObject({ causes: ['magma-1.0'] })
    scripted.world.faults.set('failures', 'unavailable')
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).vision).toMatchObject({ causes: ['magma-1.0'] })
  })

  it('notes a fact only when there is news', async () => {
    const scripted = await synced([{ number: 1, results: GOOD }, BLOCKED])
    const factsMs = async () => (await scripted.db.meta.findUnique({ where: { key: 'factsMs' } }))?.value
    const first = await factsMs()
    await syncOnce(scripted)
    expect(await factsMs()).toBe(first)
    scripted.world.heads.set('nixos-unstable', 'head-1')
    await syncOnce(scripted)
    const second = await factsMs()
    expect(second).not.toBe(first)
    scripted.world.runs.push({ number: 3, state: 'queued', results: [] })
    await syncOnce(scripted)
    expect(await factsMs()).not.toBe(second)
  })
})

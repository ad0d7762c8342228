import { expect, it } from 'vitest'
import type { Config } from '@/lib/config/schema'
import { presenceCode } from '@/lib/domain/presence'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { cellsOf, statusesOf } from './testing/cells'
import { dump } from './testing/dump'
import { builds, drv, idOf, outputOf, type ScriptedRun, scriptedWorld } from './testing/scripted-world'
import { type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const RUNS: ScriptedRun[] = [
  { number: 1, results: builds({ torch: 'succeeded', basic_jax: 'succeeded', jax: 'failed' }) },
  { number: 2, results: builds({ torch: 'failed', basic_jax: 'succeeded', jax: 'failed' }) },
  { number: 3, ref: 'pr', results: builds({ torch: 'succeeded' }) },
]
const plain = scriptedConfig()
const patterns = scriptedConfig(
  {
    packages: [
      { name: 'pytorch', attributes: ['torch'], headline: true },
      { name: 'jax', attributes: ['jax'] },
    ],
  },
  { variants: ['basic'], attributes: ['{variant}_{package}', '{package}'] },
)
const twoBranches = [{ name: 'nixos-unstable' }, { name: 'mine', ref: 'pr' }]

describeOnBothDatabases('A changed configuration', (fresh) => {
  async function synced(...configs: Config[]): Promise<Scripted> {
    const db = await fresh()
    const world = scriptedWorld(RUNS)
    world.narinfos.set(outputOf(drv('torch')), 'signed')
    let scripted: Scripted = { db, world, config: plain }
    for (const config of configs) {
      scripted = { db, world, config }
      await syncOnce(scripted)
    }
    return scripted
  }

  /** Without the keys that are the times of asking. */
  async function columns({ db }: Scripted) {
    const { cells, rows, feeds, results, evaluations, tracks } = await dump(db)
    return { cells, rows, feeds, results, evaluations, tracks }
  }

  it('decodes anew what is stored: the rows are those of a database that never knew another one', async () => {
    const changed = await synced(plain, patterns)
    expect(await columns(changed)).toEqual(await columns(await synced(patterns)))
    expect(await statusesOf(changed.db)).toEqual({ jax: 'succeeded', pytorch: 'failed' })
    const back = await synced(plain, patterns, plain)
    expect(await columns(back)).toEqual(await columns(await synced(plain)))
    expect(await statusesOf(back.db)).toEqual({ basic_jax: 'succeeded', jax: 'failed', torch: 'failed' })
  })

  it('reads nothing anew that it can decode from what is stored', async () => {
    const { world } = await synced(plain, patterns)
    const details = world.requests.filter((one) => /^(evaluation|derivation|lock|narinfo)/.test(one))
    // A package that is listed now gets its details in older evaluations too.
    expect(details).toEqual([`evaluation ${idOf(2)}`, 'derivation torch-1.0'])
  })

  it('moves evaluations to the branch that their ref means now, and keeps those that mean none', async () => {
    const ingests = scriptedConfig({ branches: twoBranches })
    const mapped = scriptedConfig({ branches: twoBranches }, { branches: { pr: 'nixos-unstable', 'nixos-*': 'mine' } })
    const scripted = await synced(ingests, mapped)
    expect((await cellsOf(scripted.db, 'mine')).torch).toMatchObject({ status: 'failed', evaluation: idOf(2) })
    expect((await cellsOf(scripted.db, 'nixos-unstable')).torch).toMatchObject({ evaluation: idOf(3) })
    expect(await columns(scripted)).toEqual(await columns(await synced(mapped)))

    const without = { ...scripted, config: plain }
    await syncOnce(without)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ evaluation: idOf(2), strip: ['succeeded', 'failed'] })
    expect(await cellsOf(scripted.db, 'mine')).toEqual({})
    expect(await scripted.db.evaluation.findMany({ where: { number: 3 } })).toMatchObject([{ branch: '*' }])
    await syncOnce({ ...scripted, config: mapped })
    expect(await columns(scripted)).toEqual(await columns(await synced(mapped)))
  })

  it('lists again what no branch wanted before', async () => {
    const scripted = await synced(plain, scriptedConfig({ branches: twoBranches }))
    expect((await cellsOf(scripted.db, 'mine')).torch).toMatchObject({ status: 'succeeded', evaluation: idOf(3) })
    expect(JSON.parse((await scripted.db.sourceState.findFirstOrThrow()).skipped)).toEqual({})
  })

  it('keeps what is shown while no source answers', async () => {
    const scripted = await synced(plain)
    const before = await cellsOf(scripted.db)
    scripted.world.faults.set('list', 'unavailable')
    scripted.world.faults.set('evaluation', 'unavailable')
    await syncOnce({ ...scripted, config: scriptedConfig({ packages: [{ name: 'x', attributes: ['x'] }] }) })
    expect(await cellsOf(scripted.db)).toEqual(before)
  })

  it('judges readiness anew when other outputs may be missing', async () => {
    const world = scriptedWorld(RUNS.slice(0, 1))
    world.narinfos.set(outputOf(drv('torch')), 'signed')
    const db = await fresh()
    await syncOnce({ db, world, config: plain })
    expect((await cellsOf(db)).torch).toMatchObject({ ready: true })
    await syncOnce({ db, world, config: scriptedConfig({ ignoreOutputs: ['out'] }) })
    // Nothing is left that could be downloaded.
    expect((await cellsOf(db)).torch).toMatchObject({ status: 'succeeded', ready: false })
  })

  it('judges anew what a version stored that knew less of what stands between a build and its readiness', async () => {
    const world = scriptedWorld(RUNS.slice(0, 1))
    world.narinfos.set(outputOf(drv('torch')), 'signed')
    const db = await fresh()
    await syncOnce({ db, world, config: plain })
    await db.derivation.updateMany({ data: { presence: presenceCode('unchecked') } })
    await db.meta.update({ where: { key: 'configuration: readiness' }, data: { value: 'of an older rule' } })
    await syncOnce({ db, world, config: plain })
    const torch = await db.derivation.findFirstOrThrow({ where: { path: drv('torch') } })
    expect(torch).toMatchObject({ presence: presenceCode('cached'), isCached: true })
    expect((await cellsOf(db)).torch).toMatchObject({ ready: true })
  })

  it('splits runs anew whose attributes name their branches', async () => {
    const attribute = { branchFrom: 'attribute' as const, attributes: ['{branch}.{package}'] }
    const path = (branch: string) => [branch, 'torch']
    const runs = [
      {
        number: 1,
        ref: 'main',
        results: ['one', 'two'].map((branch) => ({
          path: path(branch),
          status: 'failed' as const,
          derivation: drv(branch),
        })),
      },
    ]
    const branches = [{ name: 'first', ref: 'one' }, { name: 'second' }]
    const before = scriptedConfig({ branches }, attribute)
    const after = scriptedConfig({ branches }, { ...attribute, branches: { one: 'second', two: 'first' } })
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config: before }
    await syncOnce(scripted)
    expect([await statusesOf(scripted.db, 'first'), await statusesOf(scripted.db, 'second')]).toEqual([
      { torch: 'failed' },
      {},
    ])
    await syncOnce({ ...scripted, config: after })
    const other = { db: await fresh(), world: scriptedWorld(runs), config: after }
    await syncOnce(other)
    expect(await columns(scripted)).toEqual(await columns(other))
  })
})

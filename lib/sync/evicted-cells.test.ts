import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { builds, drv, outputOf, scriptedWorld } from './testing/scripted-world'
import { BY_PERSON, type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

async function evictionsOf(db: Db) {
  const causes = await db.triage.findMany({ where: { kind: 'eviction' } })
  const blocks = await db.triageBlock.findMany({ orderBy: [{ branch: 'asc' }, { row: 'asc' }] })
  return causes.map(({ key, name, closedMs, reopened }) => ({
    name,
    isOpen: closedMs === null,
    reopened,
    blocks: blocks.filter((block) => block.key === key).map(({ row }) => row),
  }))
}

describeOnBothDatabases('What a cache evicts while it is green', (fresh) => {
  /** Torch and jax succeeded and are cached; blender succeeded and never was. */
  async function ready(config = scriptedConfig()): Promise<Scripted> {
    const results = builds({ torch: 'succeeded', jax: 'succeeded', blender: 'succeeded' })
    const world = scriptedWorld([{ number: 1, results }])
    for (const name of ['torch', 'jax']) world.narinfos.set(outputOf(drv(name)), 'signed')
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    return scripted
  }

  const again = (scripted: Scripted) => syncOnce(scripted, BY_PERSON)
  const evict = ({ world }: Scripted, ...names: string[]) => {
    for (const name of names) world.narinfos.delete(outputOf(drv(name)))
  }

  it('is one finding of triage, by cache, with every package that it takes', async () => {
    const scripted = await ready()
    expect(await evictionsOf(scripted.db)).toEqual([])
    evict(scripted, 'torch', 'jax')
    await again(scripted)
    const found = [{ name: 'bulk', isOpen: true, reopened: 0, blocks: ['jax', 'torch'] }]
    expect(await evictionsOf(scripted.db)).toEqual(found)
    expect((await scripted.db.triageBlock.findFirst({ where: { row: 'jax' } }))?.name).toBe('jax-1.0')
    await again(scripted)
    expect(await evictionsOf(scripted.db)).toEqual(found)
  })

  it('is closed when the outputs are back, and opened again when they go again', async () => {
    const scripted = await ready()
    evict(scripted, 'torch')
    await again(scripted)
    scripted.world.narinfos.set(outputOf(drv('torch')), 'signed')
    await again(scripted)
    expect(await evictionsOf(scripted.db)).toEqual([{ name: 'bulk', isOpen: false, reopened: 0, blocks: [] }])
    evict(scripted, 'jax')
    await again(scripted)
    expect(await evictionsOf(scripted.db)).toEqual([{ name: 'bulk', isOpen: true, reopened: 1, blocks: ['jax'] }])
  })

  it('stays while the cache refuses: that tells nothing', async () => {
    const scripted = await ready()
    evict(scripted, 'torch')
    await again(scripted)
    scripted.world.faults.set('info bulk', 'forbidden')
    await again(scripted)
    expect(await evictionsOf(scripted.db)).toMatchObject([{ isOpen: true, blocks: ['torch'] }])
  })

  it('is over for a package whose next evaluation builds something else', async () => {
    const scripted = await ready()
    evict(scripted, 'torch')
    await again(scripted)
    scripted.world.runs.push({ number: 2, results: builds({ torch: 'failed', jax: 'succeeded' }, '2') })
    await again(scripted)
    expect(await evictionsOf(scripted.db)).toMatchObject([{ isOpen: false, blocks: [] }])
  })

  it('is nothing where the output need not be there', async () => {
    const scripted = await ready(scriptedConfig({ ignoreOutputs: ['out'] }))
    evict(scripted, 'torch')
    await again(scripted)
    expect(await evictionsOf(scripted.db)).toEqual([])
  })
})

import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { builds, drv, type ScriptedRun, scriptedWorld } from './testing/scripted-world'
import { scriptedConfig, syncOnce } from './testing/sync-once'

async function flappingRows(db: Db): Promise<string[]> {
  const cells = await db.cell.findMany({ where: { lane: '', isFlapping: true }, orderBy: { row: 'asc' } })
  return cells.map(({ row }) => row)
}

describeOnBothDatabases('Flapping as syncs keep it', (fresh) => {
  const config = scriptedConfig()

  it('marks what failed and succeeded without a new derivation, and nothing that a new one mended', async () => {
    const runs: ScriptedRun[] = [{ number: 1, results: builds({ torch: 'failed', jax: 'failed' }) }]
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config }
    await syncOnce(scripted)
    expect(await flappingRows(scripted.db)).toEqual([])

    const second = [...builds({ torch: 'succeeded' }), ...builds({ jax: 'succeeded' }, '2.0')]
    scripted.world.runs.push({ number: 2, results: second })
    await syncOnce(scripted)
    expect(await flappingRows(scripted.db)).toEqual(['torch'])
  })

  it('says the same whether the history was folded in one sync or in several', async () => {
    const runs = (['failed', 'succeeded', 'succeeded', 'failed'] as const).map((torch, index) => ({
      number: index + 1,
      results: builds({ torch, jax: 'succeeded' }),
    }))
    const stepwise = { db: await fresh(), world: scriptedWorld(), config }
    for (const run of runs) {
      stepwise.world.runs.push(run)
      await syncOnce(stepwise)
    }
    const whole = { db: await fresh(), world: scriptedWorld(runs), config }
    await syncOnce(whole)
    expect(await flappingRows(whole.db)).toEqual(['torch'])
    expect(await flappingRows(stepwise.db)).toEqual(['torch'])
    const [track] = await whole.db.track.findMany({ where: { row: 'torch', lane: '' } })
    expect(JSON.parse(track?.track ?? '{}').turns).toMatchObject([{ status: 'failed' }, { status: 'succeeded' }])
    expect(await whole.db.derivation.count({ where: { path: drv('torch') } })).toBe(1)
  })
})

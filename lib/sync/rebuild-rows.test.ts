import { expect, it } from 'vitest'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { readMatrix } from '@/lib/queries/matrix'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { builds, drv, outputOf, scriptedWorld } from './testing/scripted-world'
import { scriptedConfig, syncOnce } from './testing/sync-once'

describeOnBothDatabases('A row', (fresh) => {
  it('is found by its name and by the store paths of what it builds, and not by the store itself', async () => {
    const config = scriptedConfig()
    const world = scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded', blender: 'failed' }) }])
    const db = await fresh()
    await syncOnce({ db, world, config })
    const search = async (q: string) => {
      const { packages } = await readMatrix(MatrixParamsSchema.parse({ q }), world.clock, { db, config })
      return packages.map(({ name }) => name)
    }
    expect(await search('TORCH')).toEqual(['torch'])
    expect(await search(drv('torch'))).toEqual(['torch'])
    expect(await search(outputOf(drv('torch')))).toEqual(['torch'])
    expect(await search(drv('blender').slice('/nix/store/'.length))).toEqual(['blender'])
    expect(await search('store')).toEqual([])
  })
})

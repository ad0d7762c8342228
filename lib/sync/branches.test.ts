import { expect, it } from 'vitest'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { readMatrix } from '@/lib/queries/matrix'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { cellsOf, statusesOf } from './testing/cells'
import { builds, idOf, type ScriptedRun, type ScriptedWorld, scriptedWorld } from './testing/scripted-world'
import { BY_SCHEDULE, scriptedConfig, syncOnce } from './testing/sync-once'

const good = (number: number, more: Partial<ScriptedRun> = {}): ScriptedRun => ({
  number,
  results: builds({ torch: 'succeeded' }),
  ...more,
})
const bad = (number: number, more: Partial<ScriptedRun> = {}): ScriptedRun => ({
  number,
  results: builds({ torch: 'failed' }, '0.9'),
  ...more,
})
const repository = { owner: 'a', name: 'p' }

describeOnBothDatabases('Branches', (fresh) => {
  it('follow the newest ref that their glob matches, and never mix it with an older one', async () => {
    const config = scriptedConfig({ branches: [{ name: 'release', ref: 'nixos-??.??' }] })
    const runs = [good(1, { ref: 'nixos-23.11' }), bad(2, { ref: 'nixos-23.11' }), good(3, { ref: 'nixos-24.05' })]
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config }
    await syncOnce(scripted)
    const release = { status: 'succeeded', evaluation: idOf(3), since: idOf(3), strip: ['succeeded'] }
    expect((await cellsOf(scripted.db, 'release')).torch).toMatchObject(release)
    scripted.world.runs.push(bad(4, { ref: 'nixos-23.11' }), bad(5, { ref: 'nixos-23.11', state: 'running' }))
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db, 'release')).torch).toMatchObject(release)
    expect(await scripted.db.feed.findFirst()).toMatchObject({ ref: 'nixos-24.05', runningId: null })
    scripted.world.runs[2] = bad(3, { ref: 'nixos-24.05' })
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db, 'release')).torch).toMatchObject({ status: 'failed', evaluation: idOf(3) })
  })

  it('count runs that match none of them, once', async () => {
    const world = scriptedWorld([good(1), good(2, { ref: 'pr-1' }), good(3, { ref: 'pr-1' }), good(4, { ref: null })])
    const scripted = { db: await fresh(), world, config: scriptedConfig() }
    await syncOnce(scripted)
    await syncOnce(scripted)
    await syncOnce(scripted, { ...BY_SCHEDULE, full: true })
    const { skipped } = await scripted.db.sourceState.findFirstOrThrow()
    expect(JSON.parse(skipped)).toEqual({ 'OnPush/default': 1, 'pr-1': 2 })
    expect(await scripted.db.evaluation.count()).toBe(1)
  })

  it('take their column from the first handler, and what only a second one builds from that', async () => {
    const config = scriptedConfig({}, { handlers: ['OnPush/main', 'OnSchedule/more'] })
    const world = scriptedWorld([
      { number: 1, handler: 'OnPush/main', results: builds({ torch: 'failed', gone: 'succeeded' }) },
      { number: 2, handler: 'OnPush/main', results: builds({ torch: 'failed' }) },
      { number: 3, handler: 'OnSchedule/more', results: builds({ torch: 'succeeded', blender: 'failed' }, '2.0') },
    ])
    const db = await fresh()
    await syncOnce({ db, world, config })
    const cells = await cellsOf(db)
    expect(cells.torch).toMatchObject({ status: 'failed', evaluation: idOf(2) })
    expect(cells.blender).toMatchObject({ status: 'failed', evaluation: idOf(3) })
    expect(cells.gone).toMatchObject({ status: 'absent', evaluation: idOf(2), lastGood: idOf(1) })
    const state = await db.branchState.findFirstOrThrow()
    expect(JSON.parse(state.counts)).toEqual({ failed: 2 })
    const matrix = await readMatrix(MatrixParamsSchema.parse({}), world.clock, { db, config })
    expect(matrix.branches[0]?.evaluation?.externalId).toBe(idOf(2))
  })

  it('show a second handler while the first has nothing to show', async () => {
    const config = scriptedConfig({}, { handlers: ['OnPush/main', 'OnSchedule/more'] })
    const world = scriptedWorld([
      good(1, { handler: 'OnSchedule/more' }),
      { number: 2, handler: 'OnPush/main', state: 'running' },
    ])
    const db = await fresh()
    await syncOnce({ db, world, config })
    const matrix = await readMatrix(MatrixParamsSchema.parse({}), world.clock, { db, config })
    expect(matrix.branches[0]?.evaluation?.externalId).toBe(idOf(1))
  })

  it('tell one cause for all packages when a push does not evaluate', async () => {
    const config = scriptedConfig()
    const error = 'error: syntax error, unexpected end of file'
    const world = scriptedWorld([
      { number: 1, results: builds({ torch: 'succeeded', jax: 'succeeded' }) },
      { number: 2, handler: 'Config', state: 'failed', error, revision: 'broken' },
    ])
    const db = await fresh()
    await syncOnce({ db, world, config })
    const { branches, packages } = await readMatrix(MatrixParamsSchema.parse({}), world.clock, { db, config })
    expect(branches[0]).toMatchObject({ evaluationError: error, evaluation: { externalId: idOf(2), state: 'failed' } })
    const causes = packages.map(({ cells }) => cells['nixos-unstable']?.rootCauses)
    expect(causes).toEqual([0, 1].map(() => [{ derivation: null, name: error, status: 'evaluation-failed' }]))
  })

  it('are not called never built when the end of their newest evaluation is not told', async () => {
    const config = scriptedConfig()
    const world = scriptedWorld([good(99, { finishedAt: null })])
    const db = await fresh()
    await syncOnce({ db, world, config })
    const { branches } = await readMatrix(MatrixParamsSchema.parse({}), world.clock, { db, config })
    expect(branches[0]).toMatchObject({ freshness: 'fresh', evaluation: { finishedAt: null } })
  })

  it('are told by job names, and by the lock file which ref was built', async () => {
    const config = scriptedConfig(
      { branches: [{ name: 'master' }, { name: 'nixos-unstable' }] },
      { branchFrom: 'jobName', repository },
    )
    const world = scriptedWorld([
      good(1, { ref: 'main', jobName: 'buildMasterMatrix', handler: 'OnPush/buildMasterMatrix' }),
      bad(2, { ref: 'main', jobName: 'buildNixosUnstableMatrix', handler: 'OnPush/buildNixosUnstableMatrix' }),
    ])
    world.locks.set('revision-2', { revision: 'n2', ref: 'nixos-unstable' })
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    await syncOnce(scripted)
    expect(await statusesOf(scripted.db, 'master')).toEqual({ torch: 'succeeded' })
    expect(await statusesOf(scripted.db, 'nixos-unstable')).toEqual({ torch: 'failed' })
    expect(await scripted.db.evaluation.findFirst({ where: { number: 2 } })).toMatchObject({
      ref: 'nixos-unstable',
      nixpkgsRevision: 'n2',
    })
    world.runs.push({ number: 3, ref: 'main', handler: 'Config', state: 'failed', revision: 'x' })
    await syncOnce(scripted)
    expect(await statusesOf(scripted.db, 'master')).toEqual({ torch: 'evaluation-failed' })
    expect(await statusesOf(scripted.db, 'nixos-unstable')).toEqual({ torch: 'evaluation-failed' })
    world.runs.push(good(4, { ref: 'main', jobName: 'master', handler: 'OnPush/buildMasterMatrix', revision: 'x' }))
    await syncOnce(scripted)
    expect(await statusesOf(scripted.db, 'master')).toEqual({ torch: 'succeeded' })
  })

  it('are told by attribute paths, and all of them fail with a run that fails as a whole', async () => {
    const config = scriptedConfig(
      { branches: [{ name: 'master' }, { name: 'unstable', ref: 'nixos-unstable' }] },
      { branchFrom: 'attribute', attributes: ['{branch}.{package}'] },
    )
    const both = ['master', 'nixos-unstable', 'other'].flatMap((branch) =>
      builds({ torch: branch === 'master' ? 'succeeded' : 'failed' }, branch).map((result) => ({
        ...result,
        path: [branch, ...result.path],
      })),
    )
    const world: ScriptedWorld = scriptedWorld([
      { number: 1, ref: 'main', results: both },
      { number: 2, ref: 'main', results: [], error: 'out of memory' },
    ])
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    for (const branch of ['master', 'unstable']) {
      expect(await statusesOf(scripted.db, branch)).toEqual({ torch: 'evaluation-failed' })
    }
    world.runs.push({ number: 3, ref: 'main', results: both })
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db, 'master')).torch).toMatchObject({
      status: 'succeeded',
      strip: ['succeeded', 'evaluation-failed', 'succeeded'],
    })
    expect(await statusesOf(scripted.db, 'unstable')).toEqual({ torch: 'failed' })
    world.runs.push({ number: 4, ref: 'main', results: both.slice(0, 1), error: 'out of memory' })
    await syncOnce(scripted)
    expect(await statusesOf(scripted.db, 'master')).toEqual({ torch: 'succeeded' })
    expect(await statusesOf(scripted.db, 'unstable')).toEqual({ torch: 'evaluation-failed' })
  })
})

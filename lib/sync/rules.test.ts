import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { cellsOf, statusesOf } from './testing/cells'
import { builds, drv, faulty, idOf, outputOf, type ScriptedRun, scriptedWorld } from './testing/scripted-world'
import { type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const GOOD = builds({ torch: 'succeeded', jax: 'succeeded' })
const config = scriptedConfig()

describeOnBothDatabases('What the runs of a source come to', (fresh) => {
  async function synced(runs: readonly ScriptedRun[], configuration = config): Promise<Scripted> {
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config: configuration }
    await syncOnce(scripted)
    return scripted
  }

  it('shows every known package as not evaluating when the newest push has only a failed Config job', async () => {
    const { db } = await synced([
      { number: 1, results: GOOD },
      { number: 2, handler: 'Config', state: 'failed', error: 'herculesCI: syntax error', revision: 'broken' },
    ])
    const cells = await cellsOf(db)
    expect(cells.torch).toMatchObject({ status: 'evaluation-failed', evaluation: idOf(2), lastGood: idOf(1) })
    expect(cells.jax?.strip).toEqual(['succeeded', 'evaluation-failed'])
    const [failed] = await db.evaluation.findMany({ where: { handler: 'Config' } })
    expect(failed).toMatchObject({ state: 'failed', error: 'herculesCI: syntax error' })
    expect(
      JSON.parse((await db.branchState.findUnique({ where: { branch: 'nixos-unstable' } }))?.counts ?? ''),
    ).toEqual({
      'evaluation-failed': 2,
    })
  })

  it('lets a failed Config job decide even when its own details cannot be read', async () => {
    const world = scriptedWorld([
      { number: 1, results: GOOD },
      { number: 2, handler: 'Config', state: 'failed', revision: 'broken' },
    ])
    world.faults.set(`evaluation ${idOf(2)}`, 'not-found')
    const db = await fresh()
    await syncOnce({ db, world, config })
    expect(await statusesOf(db)).toEqual({ jax: 'evaluation-failed', torch: 'evaluation-failed' })
  })

  it('takes a failed Config job back once a later run of the same push has finished, and not before', async () => {
    const scripted = await synced([
      { number: 1, results: GOOD },
      { number: 2, handler: 'Config', state: 'failed', error: 'no network', revision: 'push' },
      { number: 3, state: 'running', revision: 'push', results: GOOD },
    ])
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ status: 'evaluation-failed', evaluation: idOf(2) })
    scripted.world.runs[2] = { number: 3, revision: 'push', results: GOOD }
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({
      status: 'succeeded',
      evaluation: idOf(3),
      since: idOf(1),
      strip: ['succeeded', 'succeeded'],
    })
  })

  it('shows a run without any attribute as failed as a whole', async () => {
    const { db } = await synced([
      { number: 1, results: GOOD },
      { number: 2, results: [], error: 'error: attribute missing' },
    ])
    expect(await statusesOf(db)).toEqual({ jax: 'evaluation-failed', torch: 'evaluation-failed' })
    expect(await db.evaluation.findFirst({ where: { number: 2 } })).toMatchObject({
      state: 'failed',
      isComplete: false,
    })
  })

  it('knows the listed packages when the very first evaluation fails', async () => {
    const listed = scriptedConfig({ packages: [{ name: 'pytorch', attributes: ['torch'] }] })
    const { db } = await synced([{ number: 1, results: [], error: 'broken' }], listed)
    expect((await cellsOf(db)).pytorch).toMatchObject({
      status: 'evaluation-failed',
      strip: ['evaluation-failed'],
      lastGood: null,
    })
  })

  it('calls what an incomplete evaluation lacks not evaluating, and what a complete one lacks absent', async () => {
    const scripted = await synced([
      { number: 1, results: GOOD },
      { number: 2, results: builds({ jax: 'succeeded' }), error: 'error: out of memory' },
    ])
    expect(await statusesOf(scripted.db)).toEqual({ jax: 'succeeded', torch: 'evaluation-failed' })
    scripted.world.runs.push({ number: 3, results: builds({ jax: 'succeeded' }) })
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({
      status: 'absent',
      since: idOf(2),
      lastGood: idOf(1),
      undecidedSince: idOf(3),
    })
  })

  it('never makes a growing evaluation the column', async () => {
    const scripted = await synced([
      { number: 1, results: GOOD },
      { number: 2, state: 'running', results: builds({ jax: 'failed' }) },
    ])
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ status: 'succeeded', evaluation: idOf(1) })
    const feed = await scripted.db.feed.findFirstOrThrow()
    const running = await scripted.db.evaluation.findFirstOrThrow({ where: { number: 2 } })
    expect(feed.runningId).toBe(running.id)
    scripted.world.runs[1] = { number: 2, results: builds({ jax: 'failed', torch: 'succeeded' }) }
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).jax).toMatchObject({ status: 'failed', evaluation: idOf(2), since: idOf(2) })
    expect((await scripted.db.feed.findFirstOrThrow()).runningId).toBeNull()
  })

  it('lets a finished rerun stand for the run it repeats, which stays listed', async () => {
    const { db } = await synced([
      { number: 1, results: GOOD },
      { number: 2, results: builds({ torch: 'failed', jax: 'succeeded' }), revision: 'a' },
      { number: 3, results: GOOD, revision: 'a', rerunOf: 2 },
    ])
    expect((await cellsOf(db)).torch).toMatchObject({
      status: 'succeeded',
      evaluation: idOf(3),
      since: idOf(1),
      strip: ['succeeded', 'succeeded'],
    })
    expect(await db.evaluation.findFirst({ where: { number: 2 } })).toMatchObject({
      isSuperseded: true,
      state: 'finished',
    })
  })

  it('puts the rerun of an older run in the place of that run', async () => {
    const { db } = await synced([
      { number: 1, results: builds({ torch: 'failed' }) },
      { number: 2, results: builds({ torch: 'failed' }) },
      { number: 3, results: builds({ torch: 'succeeded' }), rerunOf: 1 },
    ])
    expect((await cellsOf(db)).torch).toMatchObject({
      status: 'failed',
      evaluation: idOf(2),
      lastGood: idOf(3),
      strip: ['succeeded', 'failed'],
    })
  })

  it.each(['running', 'cancelled'] as const)('lets a %s rerun replace nothing', async (state) => {
    const { db } = await synced([
      { number: 1, results: GOOD },
      { number: 2, results: builds({ torch: 'failed', jax: 'succeeded' }) },
      { number: 3, state, results: [], rerunOf: 2 },
    ])
    expect((await cellsOf(db)).torch).toMatchObject({ status: 'failed', evaluation: idOf(2) })
  })

  it('lets a rerun that cannot be read replace nothing', async () => {
    const world = scriptedWorld([
      { number: 1, results: GOOD },
      { number: 2, results: builds({ torch: 'failed', jax: 'succeeded' }) },
      { number: 3, results: GOOD, rerunOf: 2 },
    ])
    world.faults.set(`evaluation ${idOf(3)}`, 'unavailable')
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ status: 'failed', evaluation: idOf(2) })
    world.faults.clear()
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ status: 'succeeded', evaluation: idOf(3) })
  })

  it('lets a cancelled run decide nothing', async () => {
    const { db } = await synced([
      { number: 1, results: GOOD },
      { number: 2, state: 'cancelled', results: builds({ torch: 'cancelled', jax: 'failed' }) },
    ])
    expect((await cellsOf(db)).jax).toMatchObject({ status: 'succeeded', evaluation: idOf(1), strip: ['succeeded'] })
    expect(await db.evaluation.findFirst({ where: { number: 2 } })).toMatchObject({ state: 'cancelled' })
  })

  it('counts a run whose effects hang as finished, and learns its end later', async () => {
    const scripted = await synced([{ number: 99, finishedAt: null, results: GOOD }])
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ status: 'succeeded', evaluation: idOf(99) })
    expect((await scripted.db.evaluation.findFirstOrThrow()).finishedMs).toBeNull()
    scripted.world.runs[0] = { number: 99, results: GOOD }
    await syncOnce(scripted)
    expect((await scripted.db.evaluation.findFirstOrThrow()).finishedMs).not.toBeNull()
  })

  it('follows a derivation whose state changes after the run has finished', async () => {
    const scripted = await synced([{ number: 1, results: builds({ torch: 'failed' }) }])
    expect(await statusesOf(scripted.db)).toEqual({ torch: 'failed' })
    scripted.world.derivations.set(drv('torch'), 'succeeded')
    await syncOnce(scripted)
    expect((await cellsOf(scripted.db)).torch).toMatchObject({ status: 'succeeded', causes: [] })
  })

  it('keeps attributes that share a derivation, and names with dots, apart', async () => {
    const derivation = drv('torch')
    const { db } = await synced([
      {
        number: 1,
        results: [
          { path: ['python3Packages.torch'], status: 'succeeded', derivation },
          { path: ['other', 'torch'], status: 'succeeded', derivation },
          { path: ['other', 'a.b"c'], status: 'failed', derivation: drv('odd') },
        ],
      },
    ])
    expect(await statusesOf(db)).toEqual({
      'other."a.b\\"c"': 'failed',
      'other.torch': 'succeeded',
      'python3Packages.torch': 'succeeded',
    })
    expect(await db.derivation.count()).toBe(2)
  })

  it('shows MayFail without counting it, and never calls a swapped success ready', async () => {
    const world = scriptedWorld([
      {
        number: 1,
        results: [
          { path: ['may'], status: 'failed', judgement: 'may-fail', derivation: drv('may') },
          { path: ['must'], status: 'failed', judgement: 'must-fail', derivation: drv('must') },
          { path: ['odd'], status: 'unknown', derivation: drv('odd') },
        ],
      },
    ])
    for (const path of world.runs[0]?.results ?? []) world.derivations.set(path.derivation ?? '', path.status)
    const db = await fresh()

    world.narinfos.set(outputOf(drv('must')), 'signed')
    await syncOnce({ db, world, config })
    const cells = await cellsOf(db)
    expect(cells.may).toMatchObject({ status: 'failed' })
    expect(cells.must).toMatchObject({ status: 'succeeded', ready: false, lastReady: null })
    expect(cells.odd).toMatchObject({ status: 'unknown', ready: false })
    const state = await db.branchState.findFirstOrThrow()
    expect(JSON.parse(state.counts)).toEqual({ succeeded: 1, unknown: 1 })
    expect(state).toMatchObject({ ready: 0, packages: 3 })
  })

  it('names root causes through any number of levels', async () => {
    const [torch, vision, magma, cuda] = [drv('torch'), drv('vision'), drv('magma'), drv('cuda')]
    const blocked = (derivation: string, ...failedDependencies: string[]) => ({
      derivation,
      status: 'dependency-failed' as const,
      failedDependencies,
    })
    const { db } = await synced([
      {
        number: 1,
        results: [
          ...builds({ vision: 'dependency-failed', magma: 'failed' }),
          faulty('blender', 'error: /nix/store/0123456789abcdfghijklmnpqrsvwxyz-x at 12:3\nmore'),
          faulty('jax', 'cannot build', cuda),
        ],
        failures: [
          blocked(vision, torch),
          blocked(torch, magma),
          { derivation: magma, status: 'timed-out', failedDependencies: [] },
        ],
      },
    ])
    const cells = await cellsOf(db)
    expect(cells.vision?.causes).toEqual(['magma-1.0'])
    expect(cells.magma?.causes).toEqual(['magma-1.0'])
    expect(cells.blender?.causes).toEqual(['error: /nix/store/…-x at #:#'])
    expect(cells.jax?.causes).toEqual(['cuda-1.0'])
  })
})

import { expect, it } from 'vitest'
import type { Config } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { parseEventBody } from '@/lib/db/event-body'
import type { Status } from '@/lib/domain/status'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { dump } from './testing/dump'
import { builds, drv, idOf, outputOf, type ScriptedRun, scriptedWorld, startOf } from './testing/scripted-world'
import { BY_PERSON, type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const MAGMA = drv('magma', '2.6.2')

/** Torch and jax, blocked by a magma that failed. */
function blocked(root: string, version: string): Partial<ScriptedRun> {
  const results = builds({ torch: 'dependency-failed', jax: 'dependency-failed' }, version)
  const node = (derivation: string, status: Status, failedDependencies: string[]) => ({
    ...{ derivation, status, failedDependencies },
  })
  const failures = results.map(({ derivation }) => node(derivation ?? '', 'dependency-failed', [root]))
  return { results, failures: [...failures, node(root, 'failed', [])] }
}

const good = (version: string): Partial<ScriptedRun> => ({
  results: builds({ torch: 'succeeded', jax: 'succeeded' }, version),
})

async function eventsOf(db: Db) {
  const stored = await db.event.findMany({ orderBy: [{ atMs: 'asc' }, { id: 'asc' }] })
  return stored.map(({ body }) => parseEventBody(body))
}

/** One line for each event of a kind of breakage, as `broke magma-2.6.2: jax torch @2`. */
async function linesOf(db: Db): Promise<string[]> {
  const runs = new Map((await db.evaluation.findMany()).map(({ key, number }) => [key, number]))
  const events = await eventsOf(db)
  return events
    .filter(({ kind }) => kind === 'broke' || kind === 'fixed')
    .map(({ kind, cause, packages, evaluation }) => {
      return `${kind} ${cause?.name}: ${packages.join(' ')} @${runs.get(evaluation ?? '')}`
    })
}

// Old runs make a branch stale, which is told too: not what most tests are about.
const parts = { staleAfterHours: 10_000, staleBehindDays: 1_000 }
const holding = (holdEvaluations: number) => scriptedConfig({ ...parts, feeds: { holdEvaluations } })

describeOnBothDatabases('Events of a branch', (fresh) => {
  async function synced(runs: readonly ScriptedRun[], config: Config = holding(1)): Promise<Scripted> {
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config }
    await syncOnce(scripted)
    return scripted
  }

  async function next(scripted: Scripted, ...runs: readonly ScriptedRun[]): Promise<void> {
    scripted.world.runs.push(...runs)
    await syncOnce(scripted)
  }

  const incident: ScriptedRun[] = [
    { number: 1, ...good('1') },
    { number: 2, ...blocked(MAGMA, '2') },
    { number: 3, ...good('3') },
  ]
  const told = ['broke magma-2.6.2: jax torch @2', 'fixed magma-2.6.2: jax torch @3']

  it('tell one breakage per cause and its repair, with the times of their evaluations', async () => {
    const { db } = await synced(incident)
    expect(await linesOf(db)).toEqual(told)
    const [broke] = await eventsOf(db)
    const keys = new Map((await db.evaluation.findMany()).map(({ number, key }) => [number, key]))
    expect(broke).toMatchObject({
      ...{ kind: 'broke', branch: 'nixos-unstable', alsoBroken: [], stillBroken: [], partly: [], reasons: [] },
      cause: { name: 'magma-2.6.2', derivation: MAGMA, status: 'failed' },
      evaluation: keys.get(2),
      before: keys.get(1),
      nixpkgsRevision: 'nixpkgs of revision-2',
      atMs: startOf(2.5).getTime(),
    })
    const rows = await db.eventPackage.findMany({ orderBy: [{ eventId: 'asc' }, { row: 'asc' }] })
    expect(rows.map(({ row }) => row)).toEqual(['jax', 'torch', 'jax', 'torch'])
  })

  it('name the cause by the key of its triage', async () => {
    const { db } = await synced(incident.slice(0, 2))
    const { key } = await db.triage.findFirstOrThrow()
    expect((await eventsOf(db)).map(({ cause }) => cause?.key)).toEqual([key])
  })

  it('are the same, under the same keys, whether a history is synced at once or as it comes', async () => {
    const whole = await synced(incident)
    const steps = await synced(incident.slice(0, 1))
    for (const run of incident.slice(1)) await next(steps, run)
    expect((await dump(steps.db)).events).toEqual((await dump(whole.db)).events)
    expect(await linesOf(steps.db)).toEqual(told)
  })

  it('are not told again, nor a fact noted, when a sync sees nothing new', async () => {
    const scripted = await synced(incident)
    const all = async () => [await scripted.db.event.findMany(), await scripted.db.eventState.findMany()]
    const facts = () => scripted.db.meta.findUnique({ where: { key: 'factsMs' } })
    const before = [await all(), await facts()]
    await syncOnce(scripted)
    await syncOnce(scripted, BY_PERSON)
    expect([await all(), await facts()]).toEqual(before)
  })

  it('wait until a change has held, so that flapping tells nothing', async () => {
    const flapping = [1, 2, 3, 4].map((number) => ({
      number,
      ...(number % 2 === 0 ? blocked(MAGMA, String(number)) : good(String(number))),
    }))
    const scripted = await synced(flapping, holding(3))
    expect(await linesOf(scripted.db)).toEqual([])
    await next(scripted, { number: 5, ...blocked(MAGMA, '5') })
    expect(await linesOf(scripted.db)).toEqual([])
    await next(scripted, { number: 6, ...blocked(MAGMA, '6') })
    expect(await linesOf(scripted.db)).toEqual(['broke magma-2.6.2: jax torch @4'])
  })

  it.each([
    ['running', { state: 'running' as const }],
    ['cancelled', { state: 'cancelled' as const, ...good('2') }],
    ['finished, but still building what was blocked', { results: builds({ torch: 'building', jax: 'queued' }) }],
  ])('tell nothing of an evaluation that is %s', async (_, run) => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, '1') }])
    await next(scripted, { number: 2, ...run })
    expect(await linesOf(scripted.db)).toEqual(['broke magma-2.6.2: jax torch @1'])
  })

  it('wait for the cause of a failure to be known', async () => {
    const scripted = { db: await fresh(), world: scriptedWorld(incident.slice(0, 2)), config: holding(1) }
    scripted.world.faults.set(`failures ${idOf(2)}`, 'unavailable')
    await syncOnce(scripted)
    expect(await linesOf(scripted.db)).toEqual([])
    scripted.world.faults.clear()
    await syncOnce(scripted)
    expect(await linesOf(scripted.db)).toEqual(told.slice(0, 1))
  })

  it('tell of each branch by itself what one cause does to both', async () => {
    const branches = [{ name: 'master' }, { name: 'nixos-unstable' }]
    const runs = [
      { number: 1, ref: 'master', ...blocked(MAGMA, '1') },
      { number: 2, ...blocked(MAGMA, '2') },
      { number: 3, ref: 'master', ...good('3') },
    ]
    const { db } = await synced(runs, scriptedConfig({ ...parts, branches }))
    expect((await eventsOf(db)).map(({ kind, branch }) => `${kind} ${branch}`)).toEqual([
      'broke master',
      'broke nixos-unstable',
      'fixed master',
    ])
    expect(new Set((await eventsOf(db)).map(({ cause }) => cause?.key)).size).toBe(1)
  })

  it('stand when a rerun replaces their evaluation, and are answered by what the rerun shows', async () => {
    const scripted = await synced(incident.slice(0, 2))
    await next(scripted, { number: 3, rerunOf: 2, ...good('2') })
    expect(await linesOf(scripted.db)).toEqual(told)
    expect(await scripted.db.evaluation.findMany({ where: { isSuperseded: true } })).toMatchObject([{ number: 2 }])
  })

  it('tell that a retry has changed the results of the evaluation that is shown', async () => {
    const failed = builds({ torch: 'failed', jax: 'succeeded' })
    const scripted = await synced([{ number: 1, results: failed }])
    scripted.world.derivations.set(drv('torch'), 'succeeded')
    await syncOnce(scripted)
    scripted.world.derivations.set(drv('torch'), 'failed')
    await syncOnce(scripted)
    const own = ['broke torch-1.0: torch @1', 'fixed torch-1.0: torch @1', 'broke torch-1.0: torch @1']
    expect(await linesOf(scripted.db)).toEqual(own)
  })

  it('wait for an evaluation that could not be read, but not for ever', async () => {
    const scripted = { db: await fresh(), world: scriptedWorld(incident), config: holding(1) }
    scripted.world.faults.set(`evaluation ${idOf(2)}`, 'unavailable')
    await syncOnce(scripted)
    expect(await linesOf(scripted.db)).toEqual([])
    scripted.world.faults.clear()
    await syncOnce(scripted)
    expect(await linesOf(scripted.db)).toEqual(told)

    const hopeless = { db: await fresh(), world: scriptedWorld(incident), config: holding(1) }
    hopeless.world.faults.set(`evaluation ${idOf(1)}`, 'invalid-response')
    for (let quarters = 0; quarters < 6; quarters += 1) await syncOnce(hopeless)
    expect(await linesOf(hopeless.db)).toEqual(told)
  })

  it('are told by the next sync when one dies between reading and judging', async () => {
    const scripted = { db: await fresh(), world: scriptedWorld(incident), config: holding(1) }
    scripted.world.onRequest = async (question) => {
      if (question.startsWith('lock')) throw new Error('the process ends')
    }
    expect((await syncOnce(scripted)).status).toBe('failed')
    expect(await scripted.db.event.count()).toBe(0)
    scripted.world.onRequest = async () => {}
    await syncOnce(scripted)
    expect(await linesOf(scripted.db)).toEqual(told)
  })

  it('are not repeated under the new names of rows that the configuration names otherwise', async () => {
    const scripted = await synced(incident.slice(0, 2))
    const packages = [{ name: 'pytorch', attributes: ['torch'], headline: true }]
    const renamed = { ...scripted, config: scriptedConfig({ ...parts, packages }) }
    await syncOnce(renamed)
    expect(await linesOf(renamed.db)).toEqual(told.slice(0, 1))
    await next(renamed, { number: 3, ...good('3') })
    expect(await linesOf(renamed.db)).toEqual([...told.slice(0, 1), 'fixed magma-2.6.2: pytorch jax @3'])
  })

  it('follow a cause whose system becomes known later', async () => {
    const scripted = { db: await fresh(), world: scriptedWorld(incident.slice(0, 2)), config: holding(1) }
    for (const name of ['torch', 'jax']) scripted.world.faults.set(`derivation ${name}-2`, 'unavailable')
    await syncOnce(scripted)
    expect(await scripted.db.triage.findFirst()).toMatchObject({ system: '' })
    scripted.world.faults.clear()
    await syncOnce(scripted)
    await next(scripted, { number: 3, ...good('3') })
    expect(await linesOf(scripted.db)).toEqual(told)
    const { key, system } = await scripted.db.triage.findFirstOrThrow()
    expect(system).toBe('x86_64-linux')
    expect((await scripted.db.event.findMany()).map(({ causeKey }) => causeKey)).toEqual([key, key])
  })

  it('tell once, together, what was ready and is gone from the caches', async () => {
    const world = scriptedWorld([{ number: 1, ...good('1') }])
    for (const name of ['torch', 'jax']) world.narinfos.set(outputOf(drv(name, '1')), 'signed')
    const scripted = { db: await fresh(), world, config: holding(1) }
    await syncOnce(scripted)
    expect(await eventsOf(scripted.db)).toEqual([])
    world.narinfos.clear()
    await syncOnce(scripted, BY_PERSON)
    const foundMs = world.clock.getTime()
    world.faults.set('bulk', 'unavailable')
    await syncOnce(scripted, BY_PERSON)
    world.faults.clear()
    await syncOnce(scripted, BY_PERSON)
    expect(await eventsOf(scripted.db)).toMatchObject([
      { kind: 'evicted', cause: null, packages: ['jax', 'torch'], evaluation: null, atMs: foundMs },
    ])
    world.narinfos.set(outputOf(drv('torch', '1')), 'signed')
    await syncOnce(scripted, BY_PERSON)
    world.narinfos.clear()
    await syncOnce(scripted, BY_PERSON)
    expect((await eventsOf(scripted.db)).map(({ packages }) => packages)).toEqual([['jax', 'torch'], ['torch']])
  })

  it('do not tell an eviction again after an evaluation that could not show it', async () => {
    const run = { number: 1, results: builds({ torch: 'succeeded' }, '1') }
    const world = scriptedWorld([run])
    world.narinfos.set(outputOf(drv('torch', '1')), 'signed')
    const scripted = { db: await fresh(), world, config: holding(2) }
    await syncOnce(scripted)
    world.narinfos.clear()
    await syncOnce(scripted, BY_PERSON)
    const failed = builds({ torch: 'evaluation-failed' }).map((one) => ({ ...one, derivation: null }))
    await next(scripted, { number: 2, results: failed })
    await next(scripted, { ...run, number: 3 })
    expect((await eventsOf(scripted.db)).map(({ kind }) => kind)).toEqual(['evicted'])
  })

  it('do not call evicted what was never in a cache', async () => {
    const scripted = await synced([{ number: 1, ...good('1') }])
    await syncOnce(scripted, BY_PERSON)
    expect(await eventsOf(scripted.db)).toEqual([])
  })

  it('tell when a branch becomes stale, since when, and that it has recovered', async () => {
    const config = scriptedConfig({ staleAfterHours: 101 })
    const scripted = await synced([{ number: 1, ...good('1') }], config)
    expect(await eventsOf(scripted.db)).toEqual([])
    scripted.world.clock = startOf(103)
    await syncOnce(scripted)
    await syncOnce(scripted)
    await next(scripted, { number: 102, ...good('2') })
    const recoveredMs = scripted.world.clock.getTime()
    await syncOnce(scripted)
    expect(await eventsOf(scripted.db)).toMatchObject([
      { kind: 'stale', packages: [], reasons: ['evaluation-old'], atMs: startOf(102.5).getTime() },
      { kind: 'recovered', packages: [], reasons: [], atMs: recoveredMs },
    ])
  })
})

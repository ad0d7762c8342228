import { expect, it } from 'vitest'
import {
  TRIAGE_PACKAGES_MAX,
  TRIAGE_TRAIL_MAX,
  type TriageParams,
  TriageParamsSchema,
  TriageSchema,
} from '@/lib/contract/triage'
import type { Db } from '@/lib/db/client'
import { changeTriage } from '@/lib/sync/change-triage'
import { builds, drv, faulty, type ScriptedRun, scriptedWorld } from '@/lib/sync/testing/scripted-world'
import { type Scripted, scriptedConfig, syncOnce } from '@/lib/sync/testing/sync-once'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readTriage } from './triage'

const MASTER = { ref: 'master' }
const MAGMA = drv('magma', '2.6.1')
const revision = (number: number) => number.toString(16).padStart(40, '0')
const config = scriptedConfig(
  {
    branches: [{ name: 'master' }, { name: 'nixos-unstable' }],
    packages: [{ name: 'torch', attributes: ['torch'], headline: true }],
  },
  { site: 'github' },
)

const good = builds({ torch: 'succeeded', jax: 'succeeded', blender: 'succeeded' })

/** All that is named fails because of the root; the rest of three packages succeeds. */
function blocked(root: string, names: readonly string[], version: string) {
  const results = builds(Object.fromEntries(names.map((name) => [name, 'dependency-failed' as const])), version)
  const failures = results.map(({ derivation }) => ({
    derivation: derivation ?? '',
    status: 'dependency-failed' as const,
    failedDependencies: [root],
  }))
  const rest = good.filter(({ path: [name = ''] }) => !names.includes(name))
  const failed = { derivation: root, status: 'failed' as const, failedDependencies: [] }
  return { results: [...results, ...rest], failures: [...failures, failed] }
}

describeOnBothDatabases('Triage', (fresh) => {
  async function synced(runs: readonly ScriptedRun[]): Promise<Scripted> {
    const world = scriptedWorld(runs)
    for (let number = 1; number < 10; number += 1)
      world.locks.set(`revision-${number}`, { revision: revision(number), ref: null })
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    return scripted
  }
  async function read({ db, world }: Scripted, params: Partial<TriageParams> = {}) {
    const triage = await readTriage(TriageParamsSchema.parse(params), world.clock, { db, config })
    expect(TriageSchema.parse(triage)).toEqual(triage)
    return triage
  }
  const keyOf = async (db: Db, branch: string, number: number) =>
    (await db.evaluation.findFirstOrThrow({ where: { branch, number } })).key

  it('names one cause of two branches once, with first bad, last good and the range on each', async () => {
    const scripted = await synced([
      { number: 1, ...MASTER, results: good },
      { number: 2, results: good },
      { number: 3, ...MASTER, ...blocked(MAGMA, ['torch', 'jax'], '2') },
      { number: 4, ...MASTER, ...blocked(MAGMA, ['torch', 'jax'], '3') },
      { number: 5, ...blocked(drv('magma', '2.6.2'), ['jax'], '4') },
    ])
    const { total, causes, unexplained } = await read(scripted)
    expect([total, unexplained]).toEqual([1, 0])
    expect(causes[0]).toMatchObject({ kind: 'build', name: 'magma', blocks: 2, headlines: 1, state: 'new', changes: 0 })
    expect(causes[0]?.branches).toMatchObject([
      {
        name: 'master',
        blocks: 2,
        packages: [
          { name: 'torch', headline: true, undecided: false },
          { name: 'jax', headline: false },
        ],
        firstBad: { evaluation: await keyOf(scripted.db, 'master', 3), nixpkgsRevision: revision(3) },
        lastGood: { evaluation: await keyOf(scripted.db, 'master', 1), nixpkgsRevision: revision(1) },
        nixpkgs: { compareUrl: `https://github.com/NixOS/nixpkgs/compare/${revision(1)}...${revision(3)}` },
        derivations: [{ derivation: MAGMA, name: 'magma-2.6.1', status: 'failed' }],
      },
      { name: 'nixos-unstable', blocks: 1, derivations: [{ name: 'magma-2.6.2' }] },
    ])
    expect(causes[0]?.branches[0]?.derivations[0]?.url).toContain(`${encodeURIComponent(MAGMA)}/log?via-job=run-4`)
  })

  it('puts what blocks headline packages first, then what blocks most, then what has stood longest', async () => {
    const names = { torch: 'failed', a1: 'failed', b1: 'failed', old: 'failed' } as const
    const scripted = await synced([
      { number: 1, results: builds({ old: 'failed' }, '1') },
      {
        number: 2,
        results: [...builds(names, '2'), faulty('m1', 'error: missing'), faulty('m2', 'error: missing')],
      },
    ])
    const { causes } = await read(scripted)
    expect(causes.map(({ name }) => name)).toEqual(['torch', 'error: missing', 'old', 'a1', 'b1'])
    expect(causes[1]).toMatchObject({ kind: 'evaluation', system: null, blocks: 2 })
    expect(causes[1]?.branches[0]?.derivations).toEqual([
      { derivation: null, name: 'error: missing', status: 'evaluation-failed', url: 'https://ci.example/2' },
    ])
  })

  it('takes the place where most broke for the first bad one, whoever came earlier or later', async () => {
    const scripted = await synced([
      { number: 1, results: good },
      { number: 2, ...blocked(drv('cudnn'), ['blender'], '2') },
      { number: 3, ...blocked(MAGMA, ['blender', 'torch', 'jax'], '3') },
    ])
    const [magma] = (await read(scripted)).causes
    expect(magma?.branches[0]?.firstBad?.evaluation).toBe(await keyOf(scripted.db, 'nixos-unstable', 3))
    // Blender comes before jax, and broke for another reason.
    expect(magma?.branches[0]?.suspectsOf).toBe('torch')
  })

  it('limits what is shown to the chosen branches and states, and counts states over everything', async () => {
    const scripted = await synced([
      { number: 1, ...MASTER, ...blocked(MAGMA, ['torch', 'jax'], '1') },
      { number: 2, results: builds({ blender: 'failed' }) },
    ])
    const branch = ['nixos-unstable']
    expect((await read(scripted, { branch })).causes.map(({ name }) => name)).toEqual(['blender'])
    expect((await read(scripted, { branch: ['elsewhere'] })).causes).toEqual([])
    const [magma] = (await read(scripted)).causes
    const change = { key: magma?.id, version: magma?.version, state: 'upstream-issue', note: 'see upstream' }
    await changeTriage(change, { who: 'Ada', now: scripted.world.clock }, scripted.db)
    const upstream = await read(scripted, { state: ['upstream-issue'] })
    expect(upstream.causes).toMatchObject([
      { name: 'magma', note: 'see upstream', who: 'Ada', changedAt: scripted.world.clock.toISOString(), changes: 1 },
    ])
    expect(upstream).toMatchObject({ total: 1, states: { new: 1, 'upstream-issue': 1, 'wont-fix': 0 } })
    expect(upstream.generatedAt).toBe(scripted.world.clock.toISOString())
  })

  it('pages through the causes, and names only the first packages of a long list', async () => {
    const many = Array.from({ length: TRIAGE_PACKAGES_MAX + 7 }, (_, index) => faulty(`p${100 + index}`, 'error: many'))
    const scripted = await synced([
      { number: 1, results: [...many, faulty('torch', 'error: many'), ...builds({ z: 'failed' })] },
    ])
    const { total, causes } = await read(scripted, { limit: 1 })
    expect([total, causes.length]).toEqual([2, 1])
    expect(causes[0]?.branches[0]?.blocks).toBe(TRIAGE_PACKAGES_MAX + 8)
    expect(causes[0]?.branches[0]?.packages).toHaveLength(TRIAGE_PACKAGES_MAX)
    expect(causes[0]?.branches[0]?.packages[0]?.name).toBe('torch')
    expect((await read(scripted, { limit: 1, offset: 1 })).causes).toMatchObject([{ name: 'z' }])
  })

  it('counts what is broken without a known cause instead of hiding it', async () => {
    const world = scriptedWorld([{ number: 1, ...blocked(MAGMA, ['torch', 'jax'], '1') }])
    world.faults.set('failures run-1', 'unavailable')
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    expect(await read(scripted)).toMatchObject({ total: 0, causes: [], unexplained: 2 })
  })

  it('says of a package that is being built anew that it is undecided, and leaves it in its entry', async () => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, ['torch', 'jax'], '1') }])
    scripted.world.runs.push({ number: 2, results: builds({ torch: 'building', jax: 'succeeded' }, '2') })
    await syncOnce(scripted)
    const { causes } = await read(scripted)
    expect(causes[0]?.branches[0]?.packages).toEqual([
      { name: 'torch', headline: true, undecided: true, flapping: false },
    ])
  })

  it('lets the root itself stand for the suspects, where it is a package', async () => {
    const root = drv('zlib', '2')
    const { results = [], ...failed } = blocked(root, ['torch', 'jax'], '2')
    const scripted = await synced([
      { number: 1, results: [...good, ...builds({ zlib: 'succeeded' })] },
      { number: 2, ...failed, results: [...results, ...builds({ zlib: 'failed' }, '2')] },
    ])
    const { causes } = await read(scripted)
    expect(causes[0]).toMatchObject({ name: 'zlib', blocks: 3, branches: [{ suspectsOf: 'zlib' }] })
  })

  it('marks and counts packages whose outcome changes without what is built', async () => {
    const scripted = await synced([{ number: 1, results: builds({ torch: 'succeeded', jax: 'succeeded' }) }])
    const second = [...builds({ torch: 'failed' }), ...builds({ jax: 'failed' }, '2')]
    scripted.world.runs.push({ number: 2, results: second })
    await syncOnce(scripted)
    expect((await read(scripted)).causes).toMatchObject([
      { name: 'torch', flapping: 1, branches: [{ packages: [{ name: 'torch', flapping: true }] }] },
      { name: 'jax', flapping: 0, branches: [{ packages: [{ name: 'jax', flapping: false }] }] },
    ])
  })

  it('tells what people changed from what to what, and when the sync saw the cause go and come back', async () => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, ['torch'], '1') }])
    const { db, world } = scripted
    const [magma] = (await read(scripted)).causes
    expect(magma?.trail).toEqual([])
    const said = { key: magma?.id, version: 0, state: 'being-fixed', note: 'on it', issueUrl: '' }
    const saidAt = world.clock.toISOString()
    await changeTriage(said, { who: 'Ada', now: world.clock }, db)
    world.runs.push({ number: 2, results: good })
    await syncOnce(scripted)
    const closedAt = world.clock.toISOString()
    world.runs.push({ number: 3, ...blocked(MAGMA, ['torch'], '3') })
    await syncOnce(scripted)
    const [returned] = (await read(scripted)).causes
    expect(returned).toMatchObject({ changes: 3, reopened: 1 })
    expect(returned?.trail).toEqual([
      {
        ...{ at: world.clock.toISOString(), who: null, act: 'reopened' },
        fields: [{ name: 'state', before: 'being-fixed', after: 'new' }],
      },
      { at: closedAt, who: null, act: 'closed', fields: [] },
      {
        ...{ at: saidAt, who: 'Ada', act: 'changed' },
        fields: [
          { name: 'state', before: 'new', after: 'being-fixed' },
          { name: 'note', before: null, after: 'on it' },
        ],
      },
    ])
  })

  it('names the newest lines of a long trail, and counts all', async () => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, ['torch'], '1') }])
    const [magma] = (await read(scripted)).causes
    for (let version = 0; version < TRIAGE_TRAIL_MAX + 3; version += 1) {
      const change = { key: magma?.id, version, note: `note ${version}` }
      await changeTriage(change, { who: 'Ada', now: scripted.world.clock }, scripted.db)
    }
    const [noted] = (await read(scripted)).causes
    expect(noted?.changes).toBe(TRIAGE_TRAIL_MAX + 3)
    expect(noted?.trail).toHaveLength(TRIAGE_TRAIL_MAX)
    expect(noted?.trail[0]?.fields).toEqual([
      { name: 'note', before: `note ${TRIAGE_TRAIL_MAX + 1}`, after: `note ${TRIAGE_TRAIL_MAX + 2}` },
    ])
  })

  it('is empty before anything was read', async () => {
    const scripted = { db: await fresh(), world: scriptedWorld(), config }
    expect(await read(scripted)).toMatchObject({ total: 0, causes: [], unexplained: 0 })
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { type Diff, DiffParamsSchema, DiffSchema } from '@/lib/contract/diff'
import { builds, drv, faulty, idOf, outputOf, type ScriptedRun, scriptedWorld } from '@/lib/sync/testing/scripted-world'
import { type Scripted, scriptedConfig, syncOnce } from '@/lib/sync/testing/sync-once'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readDiff } from './diff'

const MASTER = { ref: 'master' }
const revision = (number: number) => number.toString(16).padStart(40, '0')
const config = scriptedConfig({
  branches: [{ name: 'nixos-unstable' }, { name: 'master' }],
  packages: [{ name: 'torch', attributes: ['torch'], headline: true }],
})

describeOnBothDatabases('A diff', (fresh) => {
  async function synced(runs: readonly ScriptedRun[]): Promise<Scripted> {
    const world = scriptedWorld(runs)
    for (const run of runs) world.locks.set(nameOf(run), { revision: revision(run.number), ref: null })
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    return scripted
  }
  const keyOf = async ({ db }: Scripted, number: number) =>
    (await db.evaluation.findFirstOrThrow({ where: { externalId: idOf(number) } })).key

  async function read(scripted: Scripted, params: { branch?: string; from?: number; to?: number; package?: string }) {
    const { from, to, ...rest } = params
    const diff = await readDiff(
      DiffParamsSchema.parse({
        ...rest,
        ...(from !== undefined && { from: await keyOf(scripted, from) }),
        ...(to !== undefined && { to: await keyOf(scripted, to) }),
      }),
      scripted,
    )
    if ('reason' in diff) return diff.reason
    expect(DiffSchema.parse(diff)).toEqual(diff)
    return diff
  }
  async function diffOf(scripted: Scripted, params: Parameters<typeof read>[1]): Promise<Diff> {
    const diff = await read(scripted, params)
    if (typeof diff === 'string') throw new Error(diff)
    return diff
  }

  describe('between two pushes', () => {
    let scripted: Scripted
    beforeAll(async () => {
      scripted = await synced([
        { number: 1, results: builds({ aria: 'succeeded', jax: 'failed', old: 'succeeded', torch: 'succeeded' }) },
        {
          number: 2,
          results: [
            ...builds({ jax: 'succeeded', torch: 'failed' }, '2.0'),
            ...builds({ aria: 'succeeded', new: 'failed' }),
          ],
        },
      ])
    })

    it('of a branch compares the newest finished evaluation with the one before', async () => {
      const diff = await diffOf(scripted, { branch: 'nixos-unstable' })
      expect([diff.from.externalId, diff.to.externalId]).toEqual([idOf(1), idOf(2)])
      expect([diff.from.branch, diff.to.isComplete]).toEqual(['nixos-unstable', true])
      expect(diff.nixpkgs).toEqual({
        from: revision(1),
        to: revision(2),
        compareUrl: `https://github.com/NixOS/nixpkgs/compare/${revision(1)}...${revision(2)}`,
      })
    })

    it('names each change once, headline packages first, and counts the unchanged', async () => {
      const { entries, summary } = await diffOf(scripted, { branch: 'nixos-unstable' })
      expect(entries.map((entry) => [entry.package, entry.headline, entry.change])).toEqual([
        ['torch', true, 'newly-failing'],
        ['jax', false, 'newly-fixed'],
        ['new', false, 'added'],
        ['old', false, 'removed'],
      ])
      expect(summary).toEqual({
        'newly-failing': 1,
        'newly-fixed': 1,
        'still-failing': 0,
        'still-succeeding': 1,
        added: 1,
        removed: 1,
        undecided: 0,
        'version-changed': 2,
      })
    })

    it('tells versions old and new', async () => {
      expect((await diffOf(scripted, { branch: 'nixos-unstable' })).versionChanges).toEqual([
        { package: 'torch', attribute: 'torch', before: '1.0', after: '2.0' },
        { package: 'jax', attribute: 'jax', before: '1.0', after: '2.0' },
      ])
    })

    it('against itself changes nothing: what fails still fails', async () => {
      const diff = await diffOf(scripted, { from: 2, to: 2 })
      expect(diff.entries.map(({ change }) => change)).toEqual(['still-failing', 'still-failing'])
      expect(diff.versionChanges).toEqual([])
    })

    it('runs backwards as well', async () => {
      const { summary } = await diffOf(scripted, { from: 2, to: 1 })
      expect(summary).toMatchObject({ 'newly-failing': 1, 'newly-fixed': 1, added: 1, removed: 1 })
    })

    it('says which side is missing', async () => {
      expect(await read(scripted, { to: 1 })).toBe('There is no finished evaluation before this one')
      expect(await read(scripted, { branch: 'master' })).toBe('There is no finished evaluation of a branch master')
      expect(await read(scripted, {})).toBe('Name a branch, or two evaluations: from and to')
      expect(await readDiff({ branch: null, from: 'none\0', to: 'none', package: null }, scripted)).toEqual({
        reason: 'There is no evaluation with the id none',
      })
    })
  })

  it('never hides a breakage behind an unfinished or cancelled side', async () => {
    const scripted = await synced([
      { number: 1, state: 'running', results: builds({ aria: 'building', jax: 'queued', torch: 'failed' }) },
      { number: 2, results: builds({ aria: 'succeeded', jax: 'failed', torch: 'failed' }, '2.0') },
      {
        number: 3,
        state: 'cancelled',
        results: builds({ aria: 'cancelled', jax: 'succeeded', torch: 'cancelled' }, '3.0'),
      },
    ])
    const changes = async (from: number, to: number) =>
      Object.fromEntries((await diffOf(scripted, { from, to })).entries.map((entry) => [entry.package, entry.change]))

    expect(await changes(1, 2)).toEqual({ aria: 'undecided', jax: 'newly-failing', torch: 'still-failing' })
    expect(await changes(2, 3)).toEqual({ aria: 'undecided', jax: 'newly-fixed', torch: 'still-failing' })
    expect(await read(scripted, { to: 2 })).toBe('There is no finished evaluation before this one')
  })

  it('reads a failed whole as breakage, never as removal', async () => {
    const scripted = await synced([
      { number: 1, results: builds({ jax: 'succeeded', torch: 'failed' }) },
      { number: 2, results: [], error: 'error: attribute missing' },
    ])
    const diff = await diffOf(scripted, { branch: 'nixos-unstable' })
    expect(diff.summary).toMatchObject({ 'newly-failing': 1, 'still-failing': 1, removed: 0 })
    expect(diff.to).toMatchObject({ state: 'failed', isComplete: false, error: 'error: attribute missing' })
  })

  it('pairs what a renamed layout calls otherwise', async () => {
    const scripted = await synced([
      { number: 1, results: [{ path: ['python39Packages', 'jax'], status: 'succeeded', derivation: drv('jax') }] },
      { number: 2, results: [{ path: ['python310Packages', 'jax'], status: 'failed', derivation: drv('jax', '2.0') }] },
    ])
    const { entries } = await diffOf(scripted, { branch: 'nixos-unstable' })
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      change: 'newly-failing',
      before: { attribute: 'python39Packages.jax' },
      after: { attribute: 'python310Packages.jax' },
    })
  })

  it('shows a failure that moved to another root, with where each root stands now', async () => {
    const [magma, cudnn] = [drv('magma', '2.6'), drv('cudnn', '8.9')]
    const blocked = (version: string, root: string) => ({
      results: [
        ...builds({ jax: 'dependency-failed', torch: 'dependency-failed' }, version),
        ...builds({ aria: 'succeeded' }),
      ],
      failures: [
        ...['jax', 'torch'].map((name) => ({
          derivation: drv(name, version),
          status: 'dependency-failed' as const,
          failedDependencies: [root],
        })),
        { derivation: root, status: 'failed' as const, failedDependencies: [] },
      ],
    })
    const scripted = await synced([
      { number: 1, ...blocked('1.0', magma) },
      { number: 2, ...MASTER, ...blocked('3.0', drv('magma', '2.7')) },
      { number: 3, ...blocked('2.0', cudnn) },
    ])
    const diff = await diffOf(scripted, { branch: 'nixos-unstable' })
    expect(diff.entries[0]).toMatchObject({
      package: 'torch',
      change: 'still-failing',
      before: { rootCauses: [{ name: 'magma-2.6' }] },
      after: { rootCauses: [{ name: 'cudnn-8.9' }] },
      rootCauses: [{ name: 'cudnn-8.9' }],
    })
    const cause = { derivation: cudnn, name: 'cudnn-8.9', status: 'failed', blocks: 2, packages: ['torch', 'jax'] }
    const brokenNow = [{ branch: 'nixos-unstable', blocks: 2 }]
    expect(diff.rootCauses).toEqual([{ ...cause, brokenNow, excerpt: null }])
    const backwards = await diffOf(scripted, { from: 3, to: 1 })
    expect(backwards.rootCauses[0]).toMatchObject({ name: 'magma-2.6', brokenNow: [{ branch: 'master', blocks: 2 }] })
  })

  it('compares two evaluations of one commit, and the same commit on two branches', async () => {
    const scripted = await synced([
      { number: 1, revision: 'a', results: builds({ torch: 'succeeded' }) },
      { number: 2, revision: 'a', results: builds({ torch: 'failed' }, '2.0') },
      { number: 3, revision: 'a', ...MASTER, results: builds({ torch: 'succeeded' }) },
    ])
    expect((await diffOf(scripted, { branch: 'nixos-unstable' })).summary['newly-failing']).toBe(1)
    const across = await diffOf(scripted, { from: 3, to: 2 })
    expect([across.from.branch, across.to.branch]).toEqual(['master', 'nixos-unstable'])
    expect(across.summary['newly-failing']).toBe(1)
    expect(across.nixpkgs?.from).toBe(across.nixpkgs?.to)
  })

  it('follows the order of evaluations where a branch was rewound to an older revision', async () => {
    const scripted = await synced([
      { number: 1, revision: 'a', results: builds({ torch: 'succeeded' }) },
      { number: 2, revision: 'b', results: builds({ torch: 'failed' }, '2.0') },
      { number: 3, revision: 'a', results: builds({ torch: 'succeeded' }) },
    ])
    const diff = await diffOf(scripted, { branch: 'nixos-unstable' })
    expect([diff.from.externalId, diff.to.externalId]).toEqual([idOf(2), idOf(3)])
    expect(diff.summary['newly-fixed']).toBe(1)
  })

  it('lists what does not evaluate with its message as the cause', async () => {
    const scripted = await synced([
      { number: 1, results: builds({ torch: 'succeeded' }) },
      { number: 2, results: [faulty('torch', 'error: torch-2.1 is marked as broken')] },
    ])
    const diff = await diffOf(scripted, { branch: 'nixos-unstable' })
    expect(diff.rootCauses).toMatchObject([
      { derivation: null, status: 'evaluation-failed', brokenNow: [{ branch: 'nixos-unstable', blocks: 1 }] },
    ])
  })

  it('tells what succeeded, was cached once and is evicted now', async () => {
    const scripted = await synced([{ number: 1, results: builds({ jax: 'succeeded', torch: 'succeeded' }) }])
    const { world } = scripted
    for (const name of ['jax', 'torch']) world.narinfos.set(outputOf(drv(name)), 'signed')
    const laterMs = 2 * 3_600_000
    world.clock = new Date(world.clock.getTime() + laterMs)
    await syncOnce(scripted)
    world.runs.push({ number: 2, revision: 'revision-1', results: builds({ jax: 'succeeded', torch: 'succeeded' }) })
    world.narinfos.delete(outputOf(drv('torch')))
    world.clock = new Date(world.clock.getTime() + laterMs)
    await syncOnce(scripted)
    const diff = await diffOf(scripted, { branch: 'nixos-unstable' })
    expect(diff.entries).toEqual([])
    expect(diff.noLongerCached).toEqual([{ package: 'torch', attribute: 'torch', outputs: ['out'] }])
  })

  describe('offers as other sides', () => {
    let scripted: Scripted
    beforeAll(async () => {
      scripted = await synced([
        { number: 1, results: builds({ jax: 'succeeded', torch: 'succeeded' }) },
        { number: 2, ...MASTER, results: builds({ torch: 'succeeded' }) },
        { number: 3, results: builds({ jax: 'succeeded', torch: 'failed' }, '3.0') },
        { number: 30, ...MASTER, results: builds({ torch: 'failed' }, '30.0') },
        { number: 31, results: builds({ jax: 'failed', torch: 'failed' }, '31.0') },
        { number: 33, ...MASTER, state: 'cancelled' },
        { number: 45, ...MASTER, results: builds({ torch: 'succeeded' }) },
      ])
    })

    it('the one before it, and the nearest of the same day on another branch', async () => {
      const { presets } = await diffOf(scripted, { branch: 'nixos-unstable' })
      expect(presets).toEqual({
        previous: await keyOf(scripted, 3),
        sameDay: [{ branch: 'master', evaluation: await keyOf(scripted, 30) }],
      })
      expect((await diffOf(scripted, { from: 3, to: 1 })).presets).toEqual({
        previous: null,
        sameDay: [{ branch: 'master', evaluation: await keyOf(scripted, 2) }],
      })
    })

    it('the last one in which a package was good', async () => {
      expect((await diffOf(scripted, { branch: 'nixos-unstable', package: 'torch' })).from.externalId).toBe(idOf(1))
      expect((await diffOf(scripted, { branch: 'nixos-unstable', package: 'jax' })).from.externalId).toBe(idOf(3))
    })

    it('of an older evaluation the last good one before that', async () => {
      expect((await diffOf(scripted, { to: 3, package: 'jax' })).from.externalId).toBe(idOf(1))
      expect((await diffOf(scripted, { to: 45, package: 'torch' })).from.externalId).toBe(idOf(2))
      expect(await read(scripted, { to: 1, package: 'jax' })).toBe(
        'There is no evaluation with a good jax before this one',
      )
      expect(await read(scripted, { to: 3, package: 'no\0thing' })).toMatch(/^There is no evaluation with a good/)
    })
  })
})

function nameOf({ number, revision: given }: ScriptedRun): string {
  return given ?? `revision-${number}`
}

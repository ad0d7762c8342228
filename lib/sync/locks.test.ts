import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { builds, HOUR_MS, scriptedWorld } from './testing/scripted-world'
import { BY_SCHEDULE, scriptedConfig, syncOnce } from './testing/sync-once'

const results = builds({ torch: 'succeeded' })
const repository = { owner: 'a', name: 'p' }
const config = scriptedConfig({}, { repository })

describeOnBothDatabases('Lock files', (fresh) => {
  const asked = (requests: readonly string[]) => requests.filter((one) => one.startsWith('lock'))

  it('are read newest first, and one revision once for all its evaluations', async () => {
    const world = scriptedWorld([
      { number: 1, results, revision: 'a' },
      { number: 2, results, revision: 'b', handler: 'OnPush/default' },
      { number: 3, results, revision: 'b', handler: 'OnPush/more' },
      { number: 4, results, revision: 'c' },
    ])
    const scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
    expect(asked(world.requests)).toEqual(['lock c nixpkgs', 'lock b nixpkgs', 'lock a nixpkgs'])
    const stored = await scripted.db.evaluation.findMany({ orderBy: { number: 'asc' } })
    expect(stored.map(({ nixpkgsRevision }) => nixpkgsRevision?.at(-1))).toEqual(['a', 'b', 'b', 'c'])
    await syncOnce(scripted)
    expect(asked(world.requests)).toEqual([])
  })

  it('wait as long as a host whose budget is spent asks for, and are completed after that', async () => {
    const runs = [1, 2].map((number) => ({ number, results }))
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config }
    const { db, world } = scripted
    world.faults.set('lock revision-1', 'rate-limited')
    expect((await syncOnce(scripted)).errors).toEqual([])
    const retryMs = BigInt(world.clock.getTime() + HOUR_MS)
    expect(await db.sourceState.findFirst()).toMatchObject({ locksRetryMs: retryMs })
    expect(await db.evaluation.count({ where: { lock: 'waiting' } })).toBe(1)
    world.faults.clear()
    await syncOnce(scripted)
    expect(asked(world.requests)).toEqual([])
    world.clock = new Date(Number(retryMs))
    await syncOnce(scripted)
    expect(asked(world.requests)).toEqual(['lock revision-1 nixpkgs'])
    expect(await db.sourceState.findFirst()).toMatchObject({ locksRetryMs: null })
    expect(await db.evaluation.count({ where: { lock: 'read' } })).toBe(2)
  })

  it.each([
    ['missing', 'missing' as const, 'no flake.lock'],
    ['no lock file', { reason: 'flake.lock has no input "nixpkgs"' }, 'flake.lock has no input "nixpkgs"'],
  ])('that are %s are recorded once, and asked for again by a full sync alone', async (_, lock, reason) => {
    const scripted = { db: await fresh(), world: scriptedWorld([{ number: 1, results }]), config }
    const { db, world } = scripted
    world.locks.set('revision-1', lock)
    const { errors } = await syncOnce(scripted)
    expect(errors).toEqual([{ source: 'ci', address: 'scripted:lock revision-1', reason }])
    expect(await db.evaluation.findFirst()).toMatchObject({ lock: 'unreadable', nixpkgsRevision: null })
    expect((await syncOnce(scripted)).errors).toEqual([])
    expect(asked(world.requests)).toEqual([])
    world.locks.clear()
    await syncOnce(scripted, { ...BY_SCHEDULE, full: true })
    expect(await db.evaluation.findFirst()).toMatchObject({ lock: 'read' })
  })

  it('stay wanted while the host fails', async () => {
    const scripted = { db: await fresh(), world: scriptedWorld([{ number: 1, results }]), config }
    scripted.world.faults.set('lock', 'unavailable')
    await syncOnce(scripted)
    expect(await scripted.db.evaluation.findFirst()).toMatchObject({ lock: 'waiting' })
    scripted.world.faults.clear()
    await syncOnce(scripted)
    expect(await scripted.db.evaluation.findFirst()).toMatchObject({ lock: 'read' })
  })

  it('name the input of the branch where one file serves all of them', async () => {
    const many = scriptedConfig(
      { branches: [{ name: 'master' }, { name: 'nixos-unstable' }] },
      { repository: { ...repository, lockInput: 'nixpkgs-{branch}' } },
    )
    const world = scriptedWorld([
      { number: 1, results, revision: 'a', ref: 'master' },
      { number: 2, results, revision: 'a', ref: 'nixos-unstable' },
    ])
    await syncOnce({ db: await fresh(), world, config: many })
    expect(asked(world.requests)).toEqual(['lock a nixpkgs-nixos-unstable', 'lock a nixpkgs-master'])
  })

  it('do not keep the heads of branches from being read when they spend the budget', async () => {
    const scripted = { db: await fresh(), world: scriptedWorld([{ number: 1, results }]), config }
    scripted.world.heads.set('nixos-unstable', 'head-1')
    scripted.world.faults.set('lock', 'rate-limited')
    await syncOnce(scripted)
    expect(await scripted.db.upstreamBranch.findFirst()).toMatchObject({ ref: 'nixos-unstable', revision: 'head-1' })
  })
})

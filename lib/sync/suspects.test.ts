import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { UpstreamError } from '@/lib/net/errors'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import type { Asks } from './ask-limits'
import { refreshSuspects } from './refresh-suspects'
import { type StartedSync, type SyncInput, startSync } from './start-sync'
import { type ScriptedCommits, scriptedCommits, shaOf } from './testing/scripted-commits'
import { adaptersOf, builds, drv, type ScriptedRun, scriptedWorld } from './testing/scripted-world'
import { BY_SCHEDULE, scriptedConfig } from './testing/sync-once'

const config = scriptedConfig({}, { repository: { owner: 'a', name: 'p' } })
const revision = (digit: number) => String(digit).padStart(40, '0')
const GLIBC = '/nix/store/00000000000000000000000000000000-glibc-2.drv'
const CUDA = [1, 2].map((version) => `/nix/store/0000000000000000000000000000000${version}-cuda-${version}.drv`)
const many = (count: number) => Array.from({ length: count }, (_, index) => `hello: ${index} -> ${index + 1}`)

/** magma broke between the first evaluation and the second, and takes torch with it. */
const RUNS: readonly ScriptedRun[] = [
  { number: 1, revision: 'one', results: builds({ magma: 'succeeded', torch: 'succeeded' }) },
  {
    number: 2,
    revision: 'two',
    results: builds({ magma: 'failed', torch: 'dependency-failed' }, '2.0'),
    failures: [
      { derivation: drv('torch', '2.0'), status: 'dependency-failed', failedDependencies: [drv('magma', '2.0')] },
      { derivation: drv('magma', '2.0'), status: 'failed', failedDependencies: [] },
    ],
  },
]

async function brokenWorld(fresh: () => Promise<Db>, commits: ScriptedCommits, runs = RUNS) {
  const db = await fresh()
  const world = scriptedWorld(runs)
  for (const [digit, name] of ['one', 'two', 'three'].entries()) {
    world.locks.set(name, { revision: revision(digit + 1), ref: null })
  }
  const adapters = () => ({ ...adaptersOf(world), sources: adaptersOf(world).sources.map(withInputs), commits })
  const sync = async (input: SyncInput = BY_SCHEDULE) => {
    commits.asked.length = 0
    world.clock = new Date(world.clock.getTime() + 3_600_000)
    return outcomeOf(await startSync(input, { db, config, adapters, now: () => world.clock }))
  }
  const refresh = (row: string, asks: Asks = []) =>
    refreshSuspects({ branch: 'nixos-unstable', row }, 'someone', {
      db,
      config,
      commits,
      asks,
      now: () => world.clock,
    })
  return { db, world, sync, refresh }
}

/** Everything is built from glibc, and magma from the CUDA of its version too. */
function withInputs(source: ReturnType<typeof adaptersOf>['sources'][number]) {
  return {
    ...source,
    readDerivation: async (path: string, via: string) => {
      const cuda = path.includes('magma') ? [path.includes('2.0') ? CUDA[1] : CUDA[0]] : []
      const inputs = [GLIBC, ...cuda, GLIBC].map((derivation) => ({ derivation: derivation ?? '', output: 'out' }))
      return { ...(await source.readDerivation(path, via)), inputs }
    },
  }
}

function outcomeOf(sync: StartedSync) {
  if (!sync.started) throw new Error(`the sync ${sync.id} runs already`)
  return sync.done
}

function rateLimited(): UpstreamError {
  return new UpstreamError('rate-limited', 'scripted:', 'asked too often', {
    retryAt: new Date('2026-02-01T00:00:00Z'),
  })
}

describeOnBothDatabases('Suspects', (fresh) => {
  it('are read once for all that broke between the same revisions, page by page', async () => {
    const commits = scriptedCommits(many(250))
    const { db, sync } = await brokenWorld(fresh, commits)
    expect((await sync()).errors).toEqual([])
    expect(commits.asked).toEqual(['1...2 1', '1...2 2', '1...2 3'])
    expect(await db.nixpkgsRange.findMany()).toMatchObject([
      { fromRevision: revision(1), toRevision: revision(2), state: 'read', totalCommits: 250 },
    ])
    const stored = await db.nixpkgsCommit.findMany({ orderBy: { position: 'asc' } })
    expect(stored.map(({ subject }) => subject)).toEqual(commits.subjects)
    expect(stored.at(-1)).toMatchObject({ position: 249, sha: shaOf(249), files: null })
    await sync()
    expect(commits.asked).toEqual([])
  })

  it('are a stage of the sync while they are read', async () => {
    const commits = scriptedCommits(many(3))
    const seen: unknown[] = []
    const watched = {
      ...commits,
      readCommits: async (...question: Parameters<typeof commits.readCommits>) => {
        const { stage, source, done, total } = await db.syncRun.findFirstOrThrow({ where: { status: 'running' } })
        seen.push([stage, source, done, total])
        return commits.readCommits(...question)
      },
    }
    const { db, sync } = await brokenWorld(fresh, watched)
    await sync()
    expect(seen).toEqual([['suspects', null, 0, 1]])
  })

  it('leave the last requests of the hour to others, and go on where they ended', async () => {
    const commits = scriptedCommits(many(150))
    commits.remaining = 20
    const { db, sync } = await brokenWorld(fresh, commits)
    await sync()
    expect(commits.asked).toEqual(['1...2 1'])
    expect(await db.nixpkgsRange.findFirst()).toMatchObject({ state: 'waiting', totalCommits: 150 })
    commits.remaining = 60
    await sync()
    expect(commits.asked).toEqual(['1...2 2'])
    expect(await db.nixpkgsRange.findFirst()).toMatchObject({ state: 'read' })
    expect(await db.nixpkgsCommit.count()).toBe(150)
  })

  it('wait without a fault for a host whose budget is spent, and record any other fault of it', async () => {
    const commits = scriptedCommits(many(3))
    commits.fault = rateLimited()
    const { db, sync } = await brokenWorld(fresh, commits)
    expect(await sync()).toMatchObject({ status: 'done', errors: [] })
    const retryMs = Date.parse('2026-02-01T00:00:00Z')
    const waiting = () => db.meta.findUnique({ where: { key: 'waiting ranges' } })
    expect(await waiting()).toMatchObject({ value: JSON.stringify({ count: 1, retryMs }) })
    commits.fault = new UpstreamError('unavailable', 'scripted:compare', 'answered HTTP 502')
    expect((await sync()).errors).toEqual([
      { source: 'upstream', address: 'scripted:compare', reason: 'answered HTTP 502' },
    ])
    expect(await db.nixpkgsRange.count()).toBe(0)
    expect(await sync()).toMatchObject({ status: 'done' })
    expect(await db.nixpkgsCommit.count()).toBe(3)
    expect(await waiting()).toMatchObject({ value: JSON.stringify({ count: 0, retryMs: null }) })
  })

  it('are not read of a range that is too large', async () => {
    const commits = scriptedCommits(many(100))
    commits.totalCommits = 2_001
    const { db, sync } = await brokenWorld(fresh, commits)
    await sync()
    await sync()
    expect(await db.nixpkgsRange.findMany()).toMatchObject([{ state: 'too-large', totalCommits: 2_001 }])
    expect(await db.nixpkgsCommit.count()).toBe(0)
    expect(commits.asked).toEqual([])
  })

  it.each([
    ['absent', 'missing'],
    ['diverged', 'not-an-ancestor'],
    ['behind', 'not-an-ancestor'],
    ['unknown', 'not-an-ancestor'],
  ] as const)(
    'are unknown where the head is %s, and asked for again by a full sync alone',
    async (ancestry, reason) => {
      const commits = scriptedCommits(many(3))
      commits.ancestry = ancestry
      const { db, sync } = await brokenWorld(fresh, commits)
      await sync()
      expect(await db.nixpkgsRange.findMany()).toMatchObject([{ state: 'unknown', reason }])
      expect(await db.nixpkgsCommit.count()).toBe(0)
      await sync()
      expect(commits.asked).toEqual([])
      commits.ancestry = 'ahead'
      await sync({ ...BY_SCHEDULE, full: true })
      expect(await db.nixpkgsRange.findMany()).toMatchObject([{ state: 'read', reason: null }])
      expect(await db.nixpkgsCommit.count()).toBe(3)
    },
  )

  it('are asked for their files where their messages leave it open', async () => {
    const commits = scriptedCommits(['magma: 1 -> 2', 'treewide: cleanup', 'hello: 1 -> 2', 'fix the build of magma'])
    commits.files.set(shaOf(3), ['pkgs/by-name/ma/magma/package.nix'])
    const { db, sync } = await brokenWorld(fresh, commits)
    await sync()
    expect(commits.asked).toEqual(['1...2 1', 'files 3', 'files 1'])
    const stored = await db.nixpkgsCommit.findMany({ orderBy: { position: 'asc' } })
    expect(stored.map(({ files }) => files)).toEqual([null, '[]', null, '["pkgs/by-name/ma/magma/package.nix"]'])
  })

  it('are not read where nothing is broken, or the revision is the same', async () => {
    const commits = scriptedCommits(many(3))
    const good: ScriptedRun = {
      number: 3,
      revision: 'three',
      results: builds({ magma: 'succeeded', torch: 'succeeded' }),
    }
    const { sync } = await brokenWorld(fresh, commits, [...RUNS, good])
    await sync()
    expect(commits.asked).toEqual([])
    const same = await brokenWorld(
      fresh,
      commits,
      RUNS.map((run) => ({ ...run, revision: 'one' })),
    )
    await same.sync()
    expect(commits.asked).toEqual([])
  })

  it('are forgotten two weeks after the last breakage that needed them, and not before', async () => {
    const { db, world, sync } = await brokenWorld(fresh, scriptedCommits(many(3)))
    await sync()
    const later = (days: number) => {
      world.clock = new Date(world.clock.getTime() + days * 86_400_000)
    }
    later(20)
    await sync()
    expect(await db.nixpkgsCommit.count()).toBe(3)
    const unread = { fromRevision: revision(8), toRevision: revision(9), state: 'read', readMs: world.clock.getTime() }
    await db.nixpkgsRange.create({ data: { ...unread, readMs: BigInt(unread.readMs) } })
    world.runs.push({
      number: 3,
      revision: 'three',
      results: builds({ magma: 'succeeded', torch: 'succeeded' }, '3.0'),
    })
    await sync()
    expect(await db.nixpkgsRange.findMany()).toMatchObject([{ fromRevision: revision(8) }])
    expect(await db.nixpkgsCommit.count()).toBe(0)
    later(14)
    await sync()
    expect(await db.nixpkgsRange.count()).toBe(0)
  })

  it('come with the inputs of what fails and of its last good build', async () => {
    const { db, sync } = await brokenWorld(fresh, scriptedCommits([]))
    await sync()
    const inputs = async (path: string) =>
      (await db.derivationInput.findMany({ where: { derivation: { path } }, orderBy: { input: 'asc' } })).map(
        ({ input }) => input,
      )
    expect(await inputs(drv('magma', '2.0'))).toEqual([GLIBC, CUDA[1]])
    expect(await inputs(drv('magma'))).toEqual([GLIBC, CUDA[0]])
    expect(await inputs(drv('torch'))).toEqual([GLIBC])
  })
})

describeOnBothDatabases('refreshSuspects', (fresh) => {
  it('reads the range of a broken row now, and nothing of one that is read or not broken', async () => {
    const commits = scriptedCommits(many(120))
    commits.fault = rateLimited()
    const { db, sync, refresh } = await brokenWorld(fresh, commits)
    await sync()
    expect(await refresh('torch')).toEqual({ kind: 'read' })
    expect(await db.nixpkgsRange.findMany()).toMatchObject([{ state: 'read', totalCommits: 120 }])
    expect(await refresh('torch')).toEqual({ kind: 'nothing' })
    expect(await refresh('no-such-row')).toEqual({ kind: 'nothing' })
  })

  it('asks again for a range that could not be told before', async () => {
    const commits = scriptedCommits(many(2))
    commits.ancestry = 'absent'
    const { db, sync, refresh } = await brokenWorld(fresh, commits)
    await sync()
    commits.ancestry = 'ahead'
    expect(await refresh('magma')).toEqual({ kind: 'read' })
    expect(await db.nixpkgsRange.findMany()).toMatchObject([{ state: 'read', reason: null }])
  })

  it('says until when the host wants to be left alone, and lets a client ask twenty times in ten minutes', async () => {
    const commits = scriptedCommits(many(2))
    commits.fault = rateLimited()
    const { world, sync, refresh } = await brokenWorld(fresh, commits)
    await sync()
    const asks: Asks = []
    for (let times = 0; times < 20; times += 1) {
      commits.fault = rateLimited()
      expect(await refresh('torch', asks)).toMatchObject({ kind: 'unavailable', retryAt: new Date('2026-02-01') })
    }
    const retryAt = new Date(world.clock.getTime() + 600_000)
    expect(await refresh('torch', asks)).toEqual({ kind: 'limited', retryAt })
    world.clock = retryAt
    commits.fault = null
    expect(await refresh('torch', asks)).toEqual({ kind: 'read' })
  })
})

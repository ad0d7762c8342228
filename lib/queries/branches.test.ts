import { expect, it } from 'vitest'
import type { Config } from '@/lib/config/schema'
import { MatrixParamsSchema, MatrixSchema } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { STATUSES } from '@/lib/domain/status'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readMatrix } from './matrix'
import { addColumn, addEvaluation, hour, queryConfig, revision } from './testing/rows'

const DAY = 24
const NOW = hour(10)

describeOnBothDatabases('The head of a column', (fresh) => {
  async function readBranch(db: Db, { now = NOW, config = queryConfig() }: { now?: Date; config?: Config } = {}) {
    const matrix = await readMatrix(MatrixParamsSchema.parse({}), now, { db, config })
    expect(MatrixSchema.parse(matrix)).toEqual(matrix)
    return matrix.branches[0]
  }

  /** A database whose `nixos-unstable` shows evaluation 9, read in hour 9. */
  async function evaluated(evaluation: Parameters<typeof addEvaluation>[2] = {}) {
    const db = await fresh()
    await addColumn(db, await addEvaluation(db, 9, evaluation))
    await readIn(db, 9)
    return db
  }
  const readIn = (db: Db, hours: number) => {
    const readMs = BigInt(hour(hours).getTime())
    return db.sourceState.upsert({ where: { source: 'ci' }, create: { source: 'ci', readMs }, update: { readMs } })
  }
  const addHead = (db: Db, ref: string, head: string | null, at: Date | null) =>
    db.upstreamBranch.create({
      data: { ref, revision: head, dateMs: at === null ? null : BigInt(at.getTime()), readMs: 0n },
    })

  it('of an empty database is there for every configured branch, and knows nothing', async () => {
    const db = await fresh()
    const matrix = await readMatrix(MatrixParamsSchema.parse({}), NOW, { db, config: queryConfig() })
    expect(MatrixSchema.parse(matrix)).toEqual({
      generatedAt: '1970-01-01T00:00:00.000Z',
      total: 0,
      systems: [],
      variants: [],
      packages: [],
      next: null,
      branches: ['nixos-unstable', 'master', 'release'].map((name) => ({
        name,
        title: name,
        freshness: 'never',
        staleReasons: [],
        evaluation: null,
        evaluationError: null,
        running: null,
        upstream: null,
        counts: Object.fromEntries(STATUSES.filter((status) => status !== 'absent').map((status) => [status, 0])),
        ready: 0,
        packages: 0,
        unready: { untrusted: 0, unreachable: 0, unchecked: 0, evicted: 0, missing: 0 },
        note: null,
      })),
    })
  })

  it('names the evaluation that is shown', async () => {
    expect((await readBranch(await evaluated()))?.evaluation).toEqual({
      id: 'nixos-unstable 9',
      source: 'ci',
      handler: 'OnPush/default',
      externalId: 'job-9',
      index: 9,
      url: 'https://ci.example/jobs/9',
      ref: 'nixos-unstable',
      ciRevision: revision(1009),
      nixpkgsRevision: revision(9),
      nixpkgsDate: hour(7).toISOString(),
      state: 'finished',
      startedAt: hour(8).toISOString(),
      finishedAt: hour(9).toISOString(),
      observedAt: hour(9).toISOString(),
    })
  })

  it('says why an evaluation failed as a whole', async () => {
    const branch = await readBranch(await evaluated({ state: 'failed', error: 'error: no' }))
    expect(branch).toMatchObject({ evaluationError: 'error: no', evaluation: { state: 'failed' }, freshness: 'fresh' })
  })

  it('names the newer evaluation that is not finished yet, also while it is queued', async () => {
    const db = await evaluated()
    const runningId = await addEvaluation(db, 10, { state: 'queued', finishedAt: null })
    await db.feed.updateMany({ data: { runningId } })
    expect((await readBranch(db))?.running).toMatchObject({ index: 10, state: 'running', finishedAt: null })
  })

  it('has the sums that sync stored, one for each status but absent', async () => {
    const db = await evaluated()
    const counts = JSON.stringify({ succeeded: 60, unknown: 2 })
    await db.branchState.create({
      data: { branch: 'nixos-unstable', counts, ready: 58, packages: 62, unready: '{"evicted":2}' },
    })
    const branch = await readBranch(db)
    expect(branch).toMatchObject({ counts: { succeeded: 60, unknown: 2, failed: 0 }, ready: 58, packages: 62 })
    expect(branch?.unready).toEqual({ untrusted: 0, unreachable: 0, unchecked: 0, evicted: 2, missing: 0 })
    expect(Object.keys(branch?.counts ?? {}).sort()).toEqual(STATUSES.filter((one) => one !== 'absent').sort())
  })

  it('is fresh as long as everything is young, and goes stale by the clock alone', async () => {
    const db = await evaluated()
    await readIn(db, 9 + 40)
    expect((await readBranch(db, { now: hour(9 + 48) }))?.freshness).toBe('fresh')
    const stale = await readBranch(db, { now: hour(9 + 48.1) })
    expect(stale?.freshness).toBe('stale')
    expect(stale?.staleReasons).toEqual(['The newest finished evaluation is older than 48 hours.'])
  })

  it('is stale when its source was not read for too long, or never', async () => {
    const db = await evaluated({ finishedAt: hour(60) })
    expect((await readBranch(db, { now: hour(61) }))?.staleReasons).toEqual([
      'The source was last read more than 48 hours ago.',
    ])
    await db.sourceState.deleteMany()
    expect((await readBranch(db, { now: hour(61) }))?.freshness).toBe('stale')
  })

  it('is stale when the same nixpkgs is built for too long', async () => {
    const db = await evaluated({ nixpkgsAt: hour(0) })
    await addHead(db, 'nixos-unstable', revision(7), hour(15 * DAY))
    const branch = await readBranch(db)
    expect(branch?.upstream).toEqual({ revision: revision(7), date: hour(15 * DAY).toISOString(), behindDays: 15 })
    expect(branch?.staleReasons).toEqual(['Its nixpkgs revision is more than 14 days behind the branch upstream.'])
  })

  it('obeys the limits of its own branch', async () => {
    const db = await evaluated({ nixpkgsAt: hour(0) })
    await addHead(db, 'nixos-unstable', revision(7), hour(15 * DAY))
    const branches = [{ name: 'nixos-unstable', staleBehindDays: 20, note: 'weekly', title: 'Unstable' }]
    const branch = await readBranch(db, { config: queryConfig({ branches }) })
    expect(branch).toMatchObject({ freshness: 'fresh', note: 'weekly', title: 'Unstable' })
  })

  it('has no upstream where the branch does not exist there or was not read, and is no staler for it', async () => {
    const db = await evaluated()
    expect((await readBranch(db))?.upstream).toBeNull()
    await addHead(db, 'nixos-unstable', null, null)
    expect(await readBranch(db)).toMatchObject({ upstream: null, freshness: 'fresh' })
  })

  it('does not say how far behind it is while its nixpkgs revision is not known', async () => {
    const db = await evaluated({ nixpkgsRevision: null })
    await addHead(db, 'nixos-unstable', revision(7), hour(15 * DAY))
    expect(await readBranch(db)).toMatchObject({ upstream: { behindDays: null }, freshness: 'fresh' })
  })

  it('of a glob is titled by the ref that is followed, whose head is its upstream', async () => {
    const db = await fresh()
    const release = { branch: 'release', ref: 'nixos-23.11' }
    await addColumn(db, await addEvaluation(db, 9, release), release)
    await addHead(db, 'nixos-23.11', revision(7), hour(8))
    const config = queryConfig({ branches: [{ name: 'release', ref: 'nixos-??.??' }] })
    expect(await readBranch(db, { config })).toMatchObject({
      name: 'release',
      title: 'nixos-23.11',
      upstream: { revision: revision(7) },
    })
  })

  it('stands on the first feed of the branch', async () => {
    const db = await evaluated()
    const other = await addEvaluation(db, 10, { handler: 'OnSchedule/weekly' })
    await addColumn(db, other, { feed: 'ci OnSchedule/weekly', place: 1 })
    expect((await readBranch(db))?.evaluation?.index).toBe(9)
  })
})

describeOnBothDatabases('The matrix', (fresh) => {
  it('is dated by the newest stored fact, whatever the time', async () => {
    const db = await fresh()
    await db.meta.create({ data: { key: 'factsMs', value: String(hour(5).getTime()) } })
    for (const now of [hour(5), hour(500)]) {
      const { generatedAt } = await readMatrix(MatrixParamsSchema.parse({}), now, { db, config: queryConfig() })
      expect(generatedAt).toBe(hour(5).toISOString())
    }
  })

  it('lists the systems and variants that occur', async () => {
    const db = await fresh()
    const lanes = { systems: ['aarch64-linux', 'x86_64-linux'], variants: ['basic'] }
    await db.meta.create({ data: { key: 'lanes', value: JSON.stringify(lanes) } })
    expect(await readMatrix(MatrixParamsSchema.parse({}), NOW, { db, config: queryConfig() })).toMatchObject(lanes)
  })
})

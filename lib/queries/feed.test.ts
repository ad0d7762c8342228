import { expect, it } from 'vitest'
import type { FeedAsked } from '@/lib/contract/feed'
import type { Db } from '@/lib/db/client'
import type { HealthEvent } from '@/lib/domain/health-event'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readFeed } from './feed'
import { addColumn, addEvaluation, addRow, hour, queryConfig, revision, storePath } from './testing/rows'

const MAGMA = storePath('magma-2.6.2.drv')

function eventOf(parts: Partial<HealthEvent>): HealthEvent {
  return {
    ...{ key: 'k', kind: 'broke', branch: 'nixos-unstable', packages: ['torch'], alsoBroken: [], stillBroken: [] },
    cause: { key: 'magma', name: 'magma-2.6.2', derivation: MAGMA, status: 'failed' },
    ...{ evaluation: null, nixpkgsRevision: null, before: null, partly: [], reasons: [], atMs: 0 },
    ...parts,
  }
}

async function addEvent(db: Db, parts: Partial<HealthEvent>, evaluationId: number | null = null): Promise<void> {
  const event = eventOf(parts)
  const { key, kind, branch, cause, packages, atMs } = event
  await db.event.create({
    data: {
      ...{ key, kind, branch, causeKey: cause?.key ?? null, name: cause?.name ?? null, evaluationId },
      ...{ atMs: BigInt(atMs), publishedMs: BigInt(atMs + 1_000), body: JSON.stringify(event) },
      packages: { create: packages.map((row) => ({ row })) },
    },
  })
}

describeOnBothDatabases('readFeed', (fresh) => {
  const read = (db: Db, asked: FeedAsked = { kind: 'all' }) => readFeed(asked, hour(30), { db, config: queryConfig() })
  const keysOf = (feed: Awaited<ReturnType<typeof read>>) => feed?.entries.map(({ event }) => event.key)

  it('tells the newest changes first, of a branch or package only its own', async () => {
    const db = await fresh()
    await addColumn(db, null, { branch: 'release', ref: 'nixos-22.05' })
    await addRow(db, 'torch')
    await addRow(db, 'quiet')
    await addEvent(db, { key: 'a', atMs: 1_000 })
    await addEvent(db, { key: 'b', atMs: 3_000, branch: 'release', packages: ['jax'] })
    await addEvent(db, { key: 'c', atMs: 2_000, packages: ['jax', 'torch'] })
    await addEvent(db, { key: 'gone', atMs: 9_000, branch: 'of an older configuration' })
    expect(keysOf(await read(db))).toEqual(['b', 'c', 'a'])
    expect(keysOf(await read(db, { kind: 'branch', branch: 'nixos-unstable' }))).toEqual(['c', 'a'])
    expect(keysOf(await read(db, { kind: 'package', package: 'jax' }))).toEqual(['b', 'c'])
    const followed = await read(db, { kind: 'branch', branch: 'nixos-22.05' })
    expect(followed).toMatchObject({ subject: 'nixos-22.05', toldAt: new Date(4_000).toISOString() })
    expect(followed?.entries).toMatchObject([{ branchTitle: 'nixos-22.05' }])
    const quiet = await read(db, { kind: 'package', package: 'quiet' })
    expect(quiet).toMatchObject({ subject: 'quiet', toldAt: null, entries: [] })
  })

  it('knows no branch and no package that there is not', async () => {
    const db = await fresh()
    expect(await read(db, { kind: 'branch', branch: 'nowhere' })).toBeNull()
    expect(await read(db, { kind: 'package', package: 'nothing\0' })).toBeNull()
    expect(await read(db)).toMatchObject({ subject: null, toldAt: null, entries: [] })
  })

  it('keeps the feed of a package that is built no more', async () => {
    const db = await fresh()
    await addEvent(db, { key: 'a', packages: ['gone'] })
    expect(keysOf(await read(db, { kind: 'package', package: 'gone' }))).toEqual(['a'])
  })

  it('names the evaluations with what is known of them now, and why the cause fails', async () => {
    const db = await fresh()
    const first = await addEvaluation(db, 1)
    const second = await addEvaluation(db, 2)
    await db.evaluation.update({ where: { id: second }, data: { isSuperseded: true } })
    const key = async (id: number) => (await db.evaluation.findUniqueOrThrow({ where: { id } })).key
    const excerpt = {
      phase: null,
      lines: [{ number: 7, text: 'nvcc fatal', isError: true }],
      firstError: 7,
      verdict: 'found',
    }
    const log = {
      derivation: MAGMA,
      logId: '1',
      source: 'ci',
      state: 'done',
      lineCount: 1,
      lastNumber: 7,
      fetchedMs: 1n,
    }
    await db.log.create({ data: { ...log, excerpt: JSON.stringify(excerpt) } })
    const places = { evaluation: await key(second), before: await key(first) }
    await addEvent(db, { key: 'a', atMs: 2_000, ...places }, second)
    await addEvent(db, { key: 'b', atMs: 1_000, kind: 'fixed', evaluation: 'deleted' })
    const feed = await read(db)
    expect(feed?.entries).toMatchObject([
      {
        event: { nixpkgsRevision: revision(2) },
        evaluation: { evaluation: places.evaluation, index: 2, isSuperseded: true, nixpkgsRevision: revision(2) },
        before: { evaluation: places.before, index: 1, isSuperseded: false },
        excerpt: ['nvcc fatal'],
      },
      { event: { nixpkgsRevision: null }, evaluation: null, before: null, excerpt: [] },
    ])
  })

  it('leaves out kinds of a later version, and what is older than the newest hundred', async () => {
    const db = await fresh()
    for (let index = 0; index < 103; index += 1) await addEvent(db, { key: `e${index}`, atMs: index })
    await db.event.update({ where: { key: 'e102' }, data: { body: JSON.stringify({ ...eventOf({}), kind: 'sung' }) } })
    const keys = keysOf(await read(db)) ?? []
    expect([keys.length, keys[0], keys.at(-1)]).toEqual([99, 'e101', 'e3'])
  })
})

import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import type { Status } from '@/lib/domain/status'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { builds, drv, faulty, type ScriptedResult, type ScriptedRun, scriptedWorld } from './testing/scripted-world'
import { BY_PERSON, type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const MAGMA = drv('magma', '2.6.1')
const NEWER_MAGMA = drv('magma', '2.6.2')

/** Torch and jax built against a magma; `version` makes their derivations. */
function blocked(root: string, version: string, others: readonly ScriptedResult[] = []): Partial<ScriptedRun> {
  const results = builds({ torch: 'dependency-failed', jax: 'dependency-failed' }, version)
  const node = (derivation: string, status: Status, failedDependencies: string[]) => ({
    derivation,
    status,
    failedDependencies,
  })
  const failures = results.map(({ derivation }) => node(derivation ?? '', 'dependency-failed', [root]))
  return { results: [...results, ...others], failures: [...failures, node(root, 'failed', [])] }
}

const good = (version: string) => ({ results: builds({ torch: 'succeeded', jax: 'succeeded' }, version) })

async function triageOf(db: Db) {
  const stored = await db.triage.findMany({ orderBy: [{ name: 'asc' }, { system: 'asc' }] })
  const blocks = await db.triageBlock.findMany({ orderBy: [{ branch: 'asc' }, { row: 'asc' }] })
  return stored.map(({ key, name, state, note, closedMs, reopened }) => ({
    name,
    state,
    note,
    isOpen: closedMs === null,
    reopened,
    blocks: blocks.filter((block) => block.key === key).map(({ branch, row }) => `${branch} ${row}`),
  }))
}

async function everything(db: Db): Promise<string> {
  const tables = [await db.triage.findMany(), await db.triageBlock.findMany(), await db.triageChange.findMany()]
  return JSON.stringify(tables, (_, value) => (typeof value === 'bigint' ? Number(value) : value))
}

describeOnBothDatabases('Triage as syncs keep it', (fresh) => {
  const config = scriptedConfig()

  async function synced(runs: readonly ScriptedRun[], configuration = config): Promise<Scripted> {
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config: configuration }
    await syncOnce(scripted)
    return scripted
  }

  async function next(scripted: Scripted, run: ScriptedRun): Promise<void> {
    scripted.world.runs.push(run)
    await syncOnce(scripted)
  }

  const say = (db: Db) =>
    db.triage.updateMany({ where: { name: 'magma' }, data: { state: 'wont-fix', note: 'known upstream' } })

  it('opens one entry for a cause that breaks several packages', async () => {
    const { db } = await synced([
      { number: 1, ...good('1') },
      { number: 2, ...blocked(MAGMA, '2') },
    ])
    expect(await triageOf(db)).toEqual([
      {
        name: 'magma',
        state: 'new',
        note: '',
        isOpen: true,
        reopened: 0,
        blocks: ['nixos-unstable jax', 'nixos-unstable torch'],
      },
    ])
    expect(await db.triage.findFirst()).toMatchObject({ kind: 'build', system: 'x86_64-linux', who: null })
    expect(await db.triageChange.count()).toBe(0)
  })

  it('writes nothing more when a second sync sees the same', async () => {
    const scripted = await synced([
      { number: 1, ...good('1') },
      { number: 2, ...blocked(MAGMA, '2', [faulty('blender', 'error: no such attribute')]) },
    ])
    const before = await everything(scripted.db)
    const facts = await scripted.db.meta.findUnique({ where: { key: 'factsMs' } })
    await syncOnce(scripted)
    await syncOnce(scripted, BY_PERSON)
    expect(await everything(scripted.db)).toBe(before)
    expect(await scripted.db.meta.findUnique({ where: { key: 'factsMs' } })).toEqual(facts)
  })

  it('carries what people said over to a new version of the cause and of what it breaks', async () => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, '1') }])
    await say(scripted.db)
    await next(scripted, { number: 2, ...blocked(NEWER_MAGMA, '2') })
    expect(await triageOf(scripted.db)).toMatchObject([{ state: 'wont-fix', note: 'known upstream', isOpen: true }])
    const [block] = await scripted.db.triageBlock.findMany()
    expect(block).toMatchObject({ derivation: NEWER_MAGMA, name: 'magma-2.6.2', isUndecided: false })
  })

  it('closes an entry when its cause is gone, and opens it again as new, with its note, when it returns', async () => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, '1') }])
    await say(scripted.db)
    await next(scripted, { number: 2, ...good('2') })
    expect(await triageOf(scripted.db)).toMatchObject([{ state: 'wont-fix', isOpen: false, blocks: [] }])
    await next(scripted, { number: 3, ...blocked(NEWER_MAGMA, '3') })
    expect(await triageOf(scripted.db)).toMatchObject([
      { state: 'new', note: 'known upstream', isOpen: true, reopened: 1 },
    ])
    const changes = await scripted.db.triageChange.findMany({ orderBy: { id: 'asc' } })
    expect(changes.map(({ who, before, after }) => [who, JSON.parse(before), JSON.parse(after)])).toEqual([
      [null, { state: 'wont-fix', isOpen: true }, { state: 'wont-fix', isOpen: false }],
      [null, { state: 'wont-fix', isOpen: false }, { state: 'new', isOpen: true }],
    ])
  })

  it('folds the same cause of two branches into one entry that is open until both are rid of it', async () => {
    const branches = scriptedConfig({ branches: [{ name: 'master' }, { name: 'nixos-unstable' }] })
    const scripted = await synced(
      [
        { number: 1, ref: 'master', ...blocked(NEWER_MAGMA, '1') },
        { number: 2, ...blocked(MAGMA, '2') },
      ],
      branches,
    )
    expect((await triageOf(scripted.db)).map(({ blocks }) => blocks.length)).toEqual([4])
    await next(scripted, { number: 3, ref: 'master', ...good('3') })
    expect(await triageOf(scripted.db)).toMatchObject([
      { isOpen: true, blocks: ['nixos-unstable jax', 'nixos-unstable torch'] },
    ])
    await next(scripted, { number: 4, ...good('4') })
    expect(await triageOf(scripted.db)).toMatchObject([{ isOpen: false, blocks: [] }])
  })

  it.each([
    ['running', { number: 2, state: 'running' as const }],
    ['cancelled', { number: 2, state: 'cancelled' as const, ...good('2') }],
    [
      'finished, but still building what was blocked',
      { number: 2, results: builds({ torch: 'building', jax: 'queued' }) },
    ],
    ['failed as a whole', { number: 2, results: [], error: 'error: syntax' }],
  ])('closes nothing because of an evaluation that is %s', async (_, run) => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, '1') }])
    await next(scripted, run)
    const magma = (await triageOf(scripted.db)).find(({ name }) => name === 'magma')
    expect(magma).toMatchObject({ isOpen: true, blocks: ['nixos-unstable jax', 'nixos-unstable torch'] })
  })

  it('closes nothing while the cause of a failure is not known yet', async () => {
    const scripted = await synced([{ number: 1, ...blocked(MAGMA, '1') }])
    scripted.world.faults.set('failures run-2', 'unavailable')
    await next(scripted, { number: 2, ...blocked(drv('cudnn'), '2') })
    expect(await triageOf(scripted.db)).toMatchObject([{ name: 'magma', isOpen: true }])
    expect(await scripted.db.triageBlock.count({ where: { isUndecided: true } })).toBe(2)
    scripted.world.faults.clear()
    await syncOnce(scripted)
    expect(await triageOf(scripted.db)).toMatchObject([
      { name: 'cudnn', isOpen: true },
      { name: 'magma', isOpen: false },
    ])
  })

  it('knows a message that does not evaluate again, whatever numbers and hashes are in it', async () => {
    const scripted = await synced([{ number: 1, results: [faulty('blender', 'error: at line 12 of a')] }])
    await next(scripted, { number: 2, results: [faulty('blender', 'error: at line 13 of a')] })
    expect(await triageOf(scripted.db)).toMatchObject([
      { name: 'error: at line # of a', isOpen: true, blocks: ['nixos-unstable blender'] },
    ])
    expect(await scripted.db.triage.findFirst()).toMatchObject({ kind: 'evaluation', system: '' })
  })

  it('is one cause when an evaluation fails as a whole', async () => {
    const { db } = await synced([
      { number: 1, ...good('1') },
      { number: 2, results: [], error: 'error: syntax' },
    ])
    expect(await triageOf(db)).toMatchObject([
      { name: 'error: syntax', blocks: ['nixos-unstable jax', 'nixos-unstable torch'] },
    ])
  })

  it('leaves out what may fail', async () => {
    const results = builds({ torch: 'failed' }).map((result) => ({ ...result, judgement: 'may-fail' as const }))
    const { db } = await synced([{ number: 1, results }])
    expect(await triageOf(db)).toEqual([])
  })

  it('keeps one entry, with its note, when the system of a cause becomes known later', async () => {
    const db = await fresh()
    const world = scriptedWorld([{ number: 1, ...blocked(MAGMA, '1') }])
    for (const name of ['torch', 'jax']) world.faults.set(`derivation ${name}-1`, 'unavailable')
    await syncOnce({ db, world, config })
    const unknown = await db.triage.findFirst()
    expect(unknown?.system).toBe('')
    await say(db)
    await db.triageChange.create({ data: { key: unknown?.key ?? '', who: 'Ada', atMs: 1n, before: '{}', after: '{}' } })
    world.faults.clear()
    await syncOnce({ db, world, config })
    const [entry, ...more] = await db.triage.findMany()
    expect(more).toEqual([])
    expect(entry).toMatchObject({ system: 'x86_64-linux', note: 'known upstream', state: 'wont-fix', reopened: 0 })
    expect(await db.triageChange.findMany()).toMatchObject([{ key: entry?.key, who: 'Ada' }])
    expect(await db.triageBlock.count({ where: { key: entry?.key ?? '' } })).toBe(2)
  })
})

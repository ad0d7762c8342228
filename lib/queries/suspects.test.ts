import { expect, it } from 'vitest'
import { SUSPECTS_MAX, SuspectsSchema } from '@/lib/contract/suspects'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readSuspects } from './suspects'
import { addCell, addEvaluation, queryConfig, revision, storePath } from './testing/rows'

const config = queryConfig()
const BRANCH = 'nixos-unstable'
const sha = (position: number) => position.toString(16).padStart(40, 'c')

/** torch was good in evaluation 1 and is blocked by magma, which failed, from evaluation 2 on. */
async function addBreakage(db: Db, revisions: { from?: string | null; to?: string | null } = {}) {
  const { from = revision(1), to = revision(2) } = revisions
  const good = await addEvaluation(db, 1, { nixpkgsRevision: from })
  const bad = await addEvaluation(db, 2, { nixpkgsRevision: to })
  const broken = { evaluationId: bad, since: bad, lastGood: good, version: '2.0', outputs: {} }
  const causes = [{ name: `magma-2.0-${bad}`, status: 'failed' as const }]
  for (const row of ['torch', 'magma']) {
    await addCell(db, {
      branch: 'elsewhere',
      row,
      evaluationId: good,
      version: '1.0',
      outputs: {},
    })
  }
  await addCell(db, { ...broken, row: 'magma', status: 'failed', causes })
  await addCell(db, { ...broken, row: 'torch', status: 'dependency-failed', causes })
  return { good, bad }
}

async function addRange(
  db: Db,
  state: string,
  subjects: readonly string[],
  given: { total?: number; reason?: string } = {},
) {
  await db.nixpkgsRange.create({
    data: {
      fromRevision: revision(1),
      toRevision: revision(2),
      state,
      totalCommits: given.total ?? subjects.length,
      reason: given.reason ?? null,
      commits: {
        create: subjects.map((subject, position) => ({ position, subject, sha: sha(position), dateMs: 1_000n })),
      },
    },
  })
}

async function addInputs(db: Db, name: string, inputs: readonly string[]) {
  const { id } = await db.derivation.findUniqueOrThrow({ where: { path: storePath(`${name}.drv`) } })
  await db.derivationInput.createMany({
    data: inputs.map((input) => ({ derivationId: id, input: storePath(`${input}.drv`) })),
  })
}

async function read(db: Db, row = 'torch') {
  const found = await readSuspects({ branch: BRANCH, row }, { db, config })
  return found === null ? null : SuspectsSchema.parse(found)
}

describeOnBothDatabases('readSuspects', (fresh) => {
  it('ranks the commits of the range by what broke, with reasons, links and a line to bisect', async () => {
    const db = await fresh()
    await addBreakage(db)
    await addRange(db, 'read', ['torch: 1 -> 2', 'hello: 1 -> 2', 'magma: 1 -> 2', 'treewide: x'])
    const found = await read(db)
    expect(found).toMatchObject({
      package: 'torch',
      branch: BRANCH,
      state: 'read',
      range: {
        from: revision(1),
        to: revision(2),
        compareUrl: `https://github.com/NixOS/nixpkgs/compare/${revision(1)}...${revision(2)}`,
        commits: 4,
      },
      note: '4 commits lie between the last good and the first bad revision, closest first.',
    })
    expect(found?.suspects.map(({ subject, closeness }) => [subject, closeness])).toEqual([
      ['magma: 1 -> 2', 'root'],
      ['torch: 1 -> 2', 'package'],
      ['treewide: x', 'treewide'],
      ['hello: 1 -> 2', 'rest'],
    ])
    expect(found?.suspects[0]).toMatchObject({
      sha: sha(2),
      url: `https://github.com/NixOS/nixpkgs/commit/${sha(2)}`,
      at: '1970-01-01T00:00:01.000Z',
      distance: 0,
    })
    expect(found?.bisect).toContain(`git bisect start ${revision(2)} ${revision(1)} && git bisect run nix-build`)
    // The root alone is quicker to build than what it blocks.
    expect(found?.bisect).toContain('-A magma --arg config')
  })

  it('tells by the input graph which changed input a commit touches, and how far it is', async () => {
    const db = await fresh()
    const { good, bad } = await addBreakage(db)
    const [before, after] = [`magma-1.0-${good}`, `magma-2.0-${bad}`]
    await addInputs(db, before, ['glibc-2', 'cuda-1'])
    await addInputs(db, after, ['glibc-2', 'cuda-2'])
    await addRange(db, 'read', ['cuda: 1 -> 2', 'glibc: fix docs'])
    expect((await read(db))?.suspects.map(({ reason, distance }) => [reason, distance])).toEqual([
      ['its message names cuda, a changed input of magma', 1],
      ['lies in the range; nothing known ties it to magma', null],
    ])
  })

  it('looks where the present root broke, if it broke after what it blocks now', async () => {
    const db = await fresh()
    const { good, bad } = await addBreakage(db)
    const [fixed, later] = [await addEvaluation(db, 3), await addEvaluation(db, 4)]
    await db.cell.updateMany({ where: { branch: BRANCH }, data: { evaluationId: later } })
    await db.result.updateMany({ where: { evaluationId: bad }, data: { evaluationId: later } })
    await db.cause.updateMany({ where: { evaluationId: bad }, data: { evaluationId: later } })
    await db.cell.updateMany({ where: { branch: BRANCH, row: 'magma' }, data: { sinceId: later, lastGoodId: fixed } })
    expect(await read(db)).toMatchObject({
      range: { from: revision(3), to: revision(4) },
      note: expect.stringContaining('The range is that of magma, which blocks it now'),
      bisect: expect.stringContaining('-A magma '),
    })
    await db.cell.updateMany({ where: { branch: BRANCH, row: 'magma' }, data: { sinceId: bad, lastGoodId: good } })
    expect(await read(db)).toMatchObject({ range: { from: revision(1), to: revision(2) } })
  })

  it('says where the range holds what broke a row first, and not what breaks it now', async () => {
    const db = await fresh()
    const { good, bad } = await addBreakage(db)
    const later = await addEvaluation(db, 3)
    const broken = { evaluationId: later, since: bad, lastGood: good, version: '3.0', outputs: {} }
    const causes = [{ name: 'triton-3', status: 'failed' as const }]
    await db.cell.deleteMany({ where: { branch: BRANCH, row: 'torch' } })
    await addCell(db, { ...broken, row: 'torch', status: 'dependency-failed', causes })
    await addRange(db, 'read', ['magma: 1 -> 2'])
    expect(await read(db)).toMatchObject({
      note: expect.stringContaining('It broke first because of magma, and is broken now because of triton.'),
      bisect: expect.stringContaining('-A torch '),
    })
  })

  it('names the closest ones of a long range and says how many there are', async () => {
    const db = await fresh()
    await addBreakage(db)
    const many = Array.from({ length: 1_200 }, (_, index) => `hello: ${index}`)
    await addRange(db, 'read', ['magma: 1 -> 2', ...many])
    const found = await read(db)
    expect(found?.suspects).toHaveLength(SUSPECTS_MAX)
    expect(found?.suspects.slice(0, 2).map(({ subject }) => subject)).toEqual(['magma: 1 -> 2', 'hello: 1199'])
    expect(found?.note).toBe(
      '1\u202f201 commits lie between the last good and the first bad revision; these are the 50 closest.',
    )
  })

  it.each([
    [
      'too-large',
      { total: 3_000 },
      'The range holds 3\u202f000 commits, more than the 2\u202f000 that are ranked here',
    ],
    ['unknown', { reason: 'missing' }, 'GitHub does not have one of the two revisions'],
    ['unknown', { reason: 'not-an-ancestor' }, 'is no ancestor of the first bad one'],
    ['waiting', {}, 'are not read yet'],
  ])('says honestly when a range is %s %j, and still gives links and a line to bisect', async (state, given, note) => {
    const db = await fresh()
    await addBreakage(db)
    await addRange(db, state, [], given)
    const found = await read(db)
    expect(found).toMatchObject({ state, note: expect.stringContaining(note), suspects: [] })
    expect(found?.bisect).toContain('git bisect')
  })

  it('shows what is read of a range that is not read to its end, and says so', async () => {
    const db = await fresh()
    await addBreakage(db)
    await addRange(db, 'waiting', ['magma: 1 -> 2'], { total: 150 })
    expect(await read(db)).toMatchObject({
      state: 'waiting',
      note: 'Only the 1 oldest of 150 commits are read yet; one of the next syncs reads the rest.',
      suspects: [{ subject: 'magma: 1 -> 2' }],
    })
  })

  it('waits for a range that nobody has asked for', async () => {
    const db = await fresh()
    await addBreakage(db)
    expect(await read(db)).toMatchObject({ state: 'waiting', range: { commits: null }, suspects: [] })
  })

  it.each([
    [{ from: null }, 'The nixpkgs revision of the last good evaluation is not known yet.'],
    [{ to: null }, 'The nixpkgs revision of the first bad evaluation is not known yet.'],
    [
      { from: null, to: null },
      'The nixpkgs revision of the last good and of the first bad evaluation is not known yet.',
    ],
  ])('knows no range without both revisions: %j', async (revisions, note) => {
    const db = await fresh()
    await addBreakage(db, revisions)
    expect(await read(db)).toMatchObject({ state: 'unknown', note, range: null, bisect: null })
  })

  it('does not look for a commit where both evaluations stand on one revision', async () => {
    const db = await fresh()
    await addBreakage(db, { to: revision(1) })
    expect(await read(db)).toMatchObject({ state: 'same', range: { commits: 0 }, suspects: [], bisect: null })
  })

  it('suspects nobody of what is good or was never good, and knows nothing of other cells', async () => {
    const db = await fresh()
    const only = await addEvaluation(db, 1)
    await addCell(db, { row: 'good', evaluationId: only, since: only, lastGood: only })
    await addCell(db, { row: 'never', evaluationId: only, status: 'failed', since: only })
    expect(await read(db, 'good')).toMatchObject({ state: 'none', range: null, suspects: [] })
    expect(await read(db, 'never')).toMatchObject({
      state: 'unknown',
      note: 'No good evaluation is stored, so no range of commits is known.',
    })
    expect(await read(db, 'no-such')).toBeNull()
    expect(await read(db, 'a\0b')).toBeNull()
  })
})

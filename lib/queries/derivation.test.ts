import { expect, it } from 'vitest'
import { DERIVATION_EVALUATIONS_MAX, DerivationSchema } from '@/lib/contract/derivation'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readDerivation } from './derivation'
import { addCell, addColumn, addEvaluation, addRow, hour, queryConfig, storePath } from './testing/rows'

const MAGMA = 'magma-2.6.2'
const config = queryConfig({
  branches: [{ name: 'nixos-unstable', title: 'Unstable' }, { name: 'master' }],
  sources: [{ id: 'ci', kind: 'hercules-ci', url: 'https://ci.example', site: 'github', account: 'a', project: 'p' }],
})
const blockedByMagma = { status: 'dependency-failed', causes: [{ name: MAGMA, status: 'failed' }] } as const

const nameOf = (path: string) => path.slice('/nix/store/'.length)
const pathOf = (name: string) => storePath(`${name}.drv`)

async function read(db: Db, path: string) {
  const found = await readDerivation(nameOf(path), { db, config })
  return found === null ? null : DerivationSchema.parse(found)
}

/** Two branches that magma, no attribute itself, breaks, and one evaluation from before it did. */
async function addBreakage(db: Db): Promise<void> {
  await addRow(db, 'torch', { headline: 0 })
  await addRow(db, 'cupy')
  const before = await addEvaluation(db, 1)
  const now = await addEvaluation(db, 2)
  const master = await addEvaluation(db, 3, { branch: 'master' })
  await addColumn(db, now)
  await addColumn(db, master, { branch: 'master' })
  await addCell(db, { row: 'torch', evaluationId: now, ...blockedByMagma })
  await addCell(db, { row: 'cupy', evaluationId: now, ...blockedByMagma })
  await addCell(db, { row: 'cupy', evaluationId: master, branch: 'master', ...blockedByMagma })
  await addCell(db, { row: 'old', evaluationId: before, ...blockedByMagma })
}

describeOnBothDatabases('A derivation', (fresh) => {
  it('is nothing where nothing stored speaks of it', async () => {
    const db = await fresh()
    expect(await read(db, pathOf('nothing'))).toBeNull()
    expect(await readDerivation('\0', { db, config })).toBeNull()
  })

  it('that is no attribute is known by what it blocks now, headline packages first, branch by branch', async () => {
    const db = await fresh()
    await addBreakage(db)
    const magma = await read(db, pathOf(MAGMA))
    expect(magma).toMatchObject({
      ...{ name: MAGMA, version: '2.6.2', status: 'failed', system: null, outputs: [], inputs: null },
      ...{ rootCauses: [], log: { state: 'unread', excerpt: null } },
      branches: [
        {
          ...{ name: 'nixos-unstable', title: 'Unstable', total: 2 },
          attributes: [
            { package: 'torch', headline: true, status: 'dependency-failed', isItself: false },
            { package: 'cupy', headline: false },
          ],
        },
        { name: 'master', title: 'master', total: 1, attributes: [{ package: 'cupy' }] },
      ],
    })
    expect(magma?.url).toContain(encodeURIComponent(pathOf(MAGMA)))
  })

  it('names the newest evaluations that have it, with what became of it there', async () => {
    const db = await fresh()
    await addBreakage(db)
    const magma = await read(db, pathOf(MAGMA))
    expect(magma?.evaluations.map(({ index, branch, status }) => [index, branch, status])).toEqual([
      [3, 'master', 'failed'],
      [2, 'nixos-unstable', 'failed'],
      [1, 'nixos-unstable', 'failed'],
    ])
    for (let number = 10; number < 10 + DERIVATION_EVALUATIONS_MAX; number += 1) {
      const evaluationId = await addEvaluation(db, number)
      const cause = { evaluationId, attributeId: 1, position: 0, derivation: pathOf(MAGMA), name: MAGMA, status: 0 }
      await db.cause.create({ data: cause })
    }
    const numbers = (await read(db, pathOf(MAGMA)))?.evaluations.map(({ index }) => index)
    expect(numbers?.at(0)).toBe(9 + DERIVATION_EVALUATIONS_MAX)
    expect(numbers).toHaveLength(DERIVATION_EVALUATIONS_MAX)
  })

  it('that is blocked leads to its root cause, and counts as itself where it is an attribute', async () => {
    const db = await fresh()
    await addBreakage(db)
    const evaluation = await db.evaluation.findFirstOrThrow({ where: { number: 2 } })
    const torch = pathOf(`torch-${evaluation.id}`)
    await db.failureEdge.create({ data: { derivation: torch, dependency: pathOf(MAGMA) } })
    await db.failureEdge.create({ data: { derivation: torch, dependency: pathOf('unheard-of-1') } })
    expect(await read(db, torch)).toMatchObject({
      rootCauses: [{ derivation: pathOf(MAGMA), name: MAGMA, status: 'failed' }],
      failedDependencies: [
        { name: MAGMA, status: 'failed' },
        { name: 'unheard-of-1', status: null },
      ],
      branches: [{ name: 'nixos-unstable', attributes: [{ package: 'torch', isItself: true }] }],
    })
  })

  it('has its outputs with what each cache says, and its inputs once they are read', async () => {
    const db = await fresh()
    await addRow(db, 'hello')
    const evaluationId = await addEvaluation(db, 1)
    const cached = { near: { presence: 'cached', checkedAt: hour(1) } } as const
    await addCell(db, { row: 'hello', evaluationId, version: '2.12', outputs: { out: cached, dev: {} } })
    const path = pathOf(`hello-2.12-${evaluationId}`)
    const details = { detailsMs: BigInt(hour(2).getTime()), system: 'x86_64-linux', host: 'b1', buildSeconds: 61 }
    await db.derivation.update({
      where: { path },
      data: { ...details, inputs: { create: [pathOf('zlib-1'), path].map((input) => ({ input })) } },
    })
    expect(await read(db, path)).toMatchObject({
      ...{ version: '2.12', system: 'x86_64-linux', host: 'b1', buildSeconds: 61, detailsAt: hour(2).toISOString() },
      outputs: [
        { name: 'out', presence: 'cached', cache: 'near' },
        { name: 'dev', presence: 'unchecked' },
      ],
      inputs: [{ status: 'succeeded' }, { derivation: pathOf('zlib-1'), name: 'zlib-1', status: null }],
      inputCount: 2,
      branches: [],
    })
  })

  it('is shown by another feed of a branch only where that decides the cell', async () => {
    const db = await fresh()
    await addRow(db, 'torch')
    await addRow(db, 'cupy')
    const first = await addEvaluation(db, 1)
    const second = await addEvaluation(db, 2, { handler: 'OnPush/more' })
    await addColumn(db, first)
    await addColumn(db, second, { feed: 'ci OnPush/more', place: 1 })
    await addCell(db, { row: 'torch', evaluationId: first })
    await addCell(db, { row: 'torch', evaluationId: second, lane: 1, ...blockedByMagma })
    await addCell(db, { row: 'cupy', evaluationId: second, ...blockedByMagma })
    const magma = await read(db, pathOf(MAGMA))
    expect(magma?.branches.map(({ attributes }) => attributes.map((one) => one.package))).toEqual([['cupy']])
  })

  it('lends the state and excerpt of its newest log', async () => {
    const db = await fresh()
    await addBreakage(db)
    const excerpt = { phase: 'buildPhase', lines: [{ number: 7, text: 'no', isError: true }], firstError: 7 }
    await db.log.create({
      data: {
        ...{ derivation: pathOf(MAGMA), logId: 'l', source: 'ci', state: 'cut', lineCount: 7, lastNumber: 7 },
        excerpt: JSON.stringify({ ...excerpt, verdict: 'found' }),
        fetchedMs: 1000n,
      },
    })
    expect((await read(db, pathOf(MAGMA)))?.log).toEqual({
      ...{ state: 'cut', lineCount: 7, fetchedAt: '1970-01-01T00:00:01.000Z' },
      excerpt: { ...excerpt, verdict: 'found' },
    })
  })
})

import { expect, it } from 'vitest'
import { PackageSchema } from '@/lib/contract/package'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readPackage } from './package'
import { addCell, addColumn, addEvaluation, addRow, hour, queryConfig, storePath } from './testing/rows'

const config = queryConfig({ branches: [{ name: 'nixos-unstable' }] })

describeOnBothDatabases('A package', (fresh) => {
  it('tells where it broke, and what the log of its root cause says', async () => {
    const db = await fresh()
    await addRow(db, 'torch')
    const good = await addEvaluation(db, 1)
    const bad = await addEvaluation(db, 2)
    await addColumn(db, bad)
    const causes = [
      { name: 'magma-2.6.2', status: 'failed' },
      { name: 'nccl-2', status: 'failed' },
    ] as const
    const past = { since: bad, lastGood: good }
    await addCell(db, { row: 'torch', evaluationId: bad, status: 'dependency-failed', causes, ...past })
    const excerpt = { phase: null, lines: [], firstError: null, verdict: 'not-in-this-text' }
    const derivation = storePath('magma-2.6.2.drv')
    const log = { derivation, logId: 'l', source: 'ci', state: 'done', lineCount: 1, lastNumber: 1, fetchedMs: 1n }
    await db.log.create({ data: { ...log, excerpt: JSON.stringify(excerpt) } })

    const found = PackageSchema.parse(await readPackage('torch', hour(3), { db, config }))
    expect(found.branches).toMatchObject([
      {
        ...{ firstBad: { index: 2 }, lastGood: { index: 1 } },
        rootCauses: [
          { name: 'magma-2.6.2', derivation, excerpt },
          { name: 'nccl-2', excerpt: null },
        ],
      },
    ])
  })

  it('has a history that begins with the first evaluation that had it, and shows later gaps', async () => {
    const db = await fresh()
    await addRow(db, 'torch')
    await addEvaluation(db, 1)
    const second = await addEvaluation(db, 2)
    await addEvaluation(db, 3)
    const fourth = await addEvaluation(db, 4)
    await addColumn(db, fourth)
    await addCell(db, { row: 'torch', evaluationId: fourth })
    const torch = await db.result.findFirstOrThrow({ where: { evaluationId: fourth } })
    await db.result.create({ data: { ...torch, evaluationId: second } })

    const found = await readPackage('torch', hour(5), { db, config })
    expect(found?.branches[0]?.history.map(({ evaluation, status }) => [evaluation.index, status])).toEqual([
      [2, 'succeeded'],
      [3, 'absent'],
      [4, 'succeeded'],
    ])
  })

  it('is nothing where no row has that name', async () => {
    expect(await readPackage('torch', hour(1), { db: await fresh(), config })).toBeNull()
  })
})

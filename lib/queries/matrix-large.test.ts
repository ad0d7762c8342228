import { describe, expect, it } from 'vitest'
import { MATRIX_ROWS_MAX, MatrixParamsSchema } from '@/lib/contract/matrix'
import { insertRows, type Value } from '@/lib/db/bulk'
import type { Db } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { statusCode } from '@/lib/domain/status'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readMatrix } from './matrix'
import { readChunks } from './read-chunks'
import { addColumn, addEvaluation, hour, queryConfig, storePath } from './testing/rows'

const config = queryConfig()
const BRANCHES = ['nixos-unstable', 'master'] as const
// Prisma's own lists end at 999 values on SQLite.
const ROWS = 1_200

describeOnBothDatabases('A large page of the matrix', (fresh) => {
  it('is answered whole: more cells than one of Prisma’s lists holds', async () => {
    const db = await fresh()
    for (const [index, branch] of BRANCHES.entries()) {
      const evaluationId = await addEvaluation(db, index + 1, { branch })
      await addColumn(db, evaluationId, { branch })
      await storeColumn(db, branch, evaluationId)
    }
    await store(
      db,
      'Row',
      ['name', 'search'],
      numbers.map((number) => [nameOf(number), '']),
    )
    const params = MatrixParamsSchema.parse({ limit: MATRIX_ROWS_MAX })
    const { packages } = await readMatrix(params, hour(10), { db, config })
    const seen = packages.map(({ name, cells }) => [
      name,
      ...BRANCHES.map((branch) => [
        cells[branch]?.presence,
        cells[branch]?.derivation,
        cells[branch]?.rootCauses.map((cause) => cause.name),
      ]),
    ])
    expect(seen).toEqual(
      numbers
        .map(nameOf)
        .map((name) => [
          name,
          ...BRANCHES.map((branch) => ['missing', storePath(`${branch}-${name}.drv`), [`cause of ${name}`]]),
        ]),
    )
  })
})

describe('readChunks', () => {
  it('asks for each value once, in lists that SQLite takes, and answers in the order of asking', async () => {
    const values = Array.from({ length: 40_000 }, (_, index) => index)
    const lists: number[] = []
    const answers = await readChunks([...values, ...values], async ({ values: list }) => {
      lists.push(list.length)
      return list
    })
    expect(answers).toEqual(values)
    expect(lists.length).toBe(2)
    expect(Math.max(...lists)).toBeLessThan(32_766)
  })

  it('asks nothing for no values', async () => {
    expect(await readChunks([], () => Promise.reject(new Error('asked')))).toEqual([])
  })
})

const numbers = Array.from({ length: ROWS }, (_, index) => index)
const nameOf = (number: number) => `package-${String(number).padStart(4, '0')}`

async function store(db: Db, table: string, columns: readonly string[], rows: readonly (readonly Value[])[]) {
  await insertRows(db, { table, columns, rows, onConflict: 'ignore' })
}

/** A failed cell for each package, with everything it stands on; each branch has derivations of its own. */
async function storeColumn(db: Db, branch: string, evaluationId: number): Promise<void> {
  const failed = statusCode('failed')
  const id = (number: number) => evaluationId * 10_000 + number
  const each = (toRow: (number: number) => readonly Value[]) => numbers.map(toRow)
  await store(
    db,
    'Attribute',
    ['id', 'source', 'path', 'text', 'package', 'row', 'rank'],
    each((number) => [id(number), 'ci', `["${branch}","${number}"]`, nameOf(number), '', nameOf(number), '[]']),
  )
  await store(
    db,
    'Derivation',
    ['id', 'path', 'name', 'version', 'status', 'presence'],
    each((number) => {
      const path = storePath(`${branch}-${nameOf(number)}.drv`)
      return [id(number), path, '', '1', failed, presenceCode('missing')]
    }),
  )
  await store(
    db,
    'Output',
    ['id', 'derivationId', 'name'],
    each((number) => [id(number), id(number), 'out']),
  )
  const caches = config.caches.map(({ id: cache }) => cache)
  await store(
    db,
    'Presence',
    ['outputId', 'cache', 'presence'],
    numbers.flatMap((number) => caches.map((cache) => [id(number), cache, presenceCode('missing')])),
  )
  await store(
    db,
    'Cause',
    ['evaluationId', 'attributeId', 'position', 'name', 'status'],
    each((number) => [evaluationId, id(number), 0, `cause of ${nameOf(number)}`, failed]),
  )
  const columns = ['branch', 'row', 'lane', 'place', 'evaluationId', 'attributeId', 'derivationId', 'status']
  await store(
    db,
    'Cell',
    [...columns, 'judgement', 'isReady', 'isChanged', 'strip'],
    each((number) => [
      ...[branch, nameOf(number), '', 0, evaluationId, id(number), id(number), failed],
      ...[0, false, false, ''],
    ]),
  )
}

import { beforeAll, describe, expect, it } from 'vitest'
import { type MatrixParams, MatrixParamsSchema, MatrixSchema } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readMatrix } from './matrix'
import { addCell, addColumn, addEvaluation, addRow, hour, queryConfig } from './testing/rows'

const config = queryConfig()
const LINUX = 'x86_64-linux'
const ARM = 'aarch64-linux'

describeOnBothDatabases('The rows of the matrix', (fresh) => {
  let db: Db
  beforeAll(async () => {
    db = await fresh()
    await store(db)
  })

  async function read(params: Partial<MatrixParams> = {}) {
    const matrix = await readMatrix(MatrixParamsSchema.parse(params), hour(10), { db, config })
    expect(MatrixSchema.parse(matrix)).toEqual(matrix)
    return matrix
  }
  const names = async (params: Partial<MatrixParams> = {}) =>
    (await read(params)).packages.map(({ name }) => name).join(' ')

  it('are all of them without a filter: headline packages in their order, then by name', async () => {
    expect(await names()).toBe(ALL)
    expect((await read()).total).toBe(8)
  })

  describe('searched by text', () => {
    it.each([
      ['TORCH', 'pytorch'],
      ['python3packages.torch', 'pytorch'],
      ['%', '100%_done'],
      ['_', '100%_done'],
      ['\\', 'back\\slash'],
      ["'", "it's"],
      ['"b.c"', 'quoted."b.c"'],
      ['ÄTHER', 'äther'],
      ['  jax ', 'jax'],
      ['nothing has this', ''],
      ['jax\0', ''],
    ])('%j finds %j', async (q, found) => {
      expect(await names({ q })).toBe(found)
    })

    it('blank text finds all', async () => {
      expect(await names({ q: '  ' })).toBe(ALL)
    })
  })

  it('are those named, in the usual order, unknown names aside', async () => {
    expect(await names({ package: ['jax', 'unknown', 'pytorch', 'bad\0name'] })).toBe('pytorch jax')
  })

  describe('by status', () => {
    it.each([
      ['failed', 'jax'],
      ['dependency-failed', 'pytorch'],
      ['building', 'back\\slash'],
      ['timed-out', ''],
    ] as const)('%s: %j', async (status, found) => {
      expect(await names({ status: [status] })).toBe(found)
    })

    it('counts any of several', async () => {
      expect(await names({ status: ['failed', 'building'] })).toBe('jax back\\slash')
    })

    it('means any cell of the chosen branches', async () => {
      expect(await names({ status: ['failed'], branch: ['master'] })).toBe('')
      expect(await names({ status: ['failed'], branch: ['master', 'nixos-unstable'] })).toBe('jax')
    })

    it('absent finds what some evaluated branch lacks, be it by a cell that says so or by none', async () => {
      expect(await names({ status: ['absent'], branch: ['nixos-unstable'] })).toBe('Upper.Case quoted."b.c"')
      expect(await names({ status: ['absent'], branch: ['master'] })).toBe(
        '100%_done Upper.Case back\\slash it\'s quoted."b.c" äther',
      )
    })

    it('absent is said of no branch that was never evaluated', async () => {
      expect(await names({ status: ['absent'], branch: ['release'] })).toBe('')
    })
  })

  describe('by branch', () => {
    it('keep their rows and show the chosen columns in the order of the configuration', async () => {
      const matrix = await read({ branch: ['master', 'nixos-unstable'] })
      expect(matrix.branches.map(({ name }) => name)).toEqual(['nixos-unstable', 'master'])
      expect(matrix.total).toBe(8)
      expect(Object.keys((await read({ branch: ['master'] })).packages[0]?.cells ?? {})).toEqual(['master'])
    })

    it('show no column for a branch that is not configured', async () => {
      const matrix = await read({ branch: ['unknown', 'master\0'] })
      expect(matrix.branches).toEqual([])
      expect(matrix.packages.map(({ cells }) => cells)).toEqual(Array(8).fill({}))
      expect(await names({ branch: ['unknown'], status: ['failed', 'absent'] })).toBe('')
      expect(await names({ branch: ['unknown'], sort: 'status' })).toBe(ALL)
      expect(await names({ branch: ['unknown'], ready: true })).toBe('')
    })
  })

  describe('by system and variant', () => {
    it('are those that have such a lane, which then makes the cell', async () => {
      const matrix = await read({ system: [ARM] })
      expect(matrix.packages.map(({ name }) => name)).toEqual(['jax'])
      expect(matrix.packages[0]?.cells['nixos-unstable']).toMatchObject({
        status: 'succeeded',
        system: ARM,
        variant: 'basic',
      })
    })

    it('take the lane that comes first by its place, not by its name', async () => {
      const cell = (await read({ package: ['jax'], system: [LINUX] })).packages[0]?.cells['nixos-unstable']
      expect(cell).toMatchObject({ variant: 'cuda', status: 'failed' })
      const both = (await read({ package: ['jax'], variant: ['basic'] })).packages[0]?.cells['nixos-unstable']
      expect(both).toMatchObject({ system: LINUX, variant: 'basic', status: 'succeeded' })
    })

    it('must have both in one lane', async () => {
      expect(await names({ system: [ARM], variant: ['basic'] })).toBe('jax')
      expect(await names({ system: [ARM], variant: ['cuda'] })).toBe('')
      expect(await names({ system: [ARM, LINUX], variant: ['cuda'] })).toBe('pytorch jax')
    })

    it('are judged by the lanes that are left', async () => {
      expect(await names({ system: [ARM], status: ['failed'] })).toBe('')
      expect(await names({ system: [LINUX], status: ['succeeded'] })).toBe('jax')
      expect(await names({ system: [ARM], ready: true })).toBe('jax')
    })

    it('say absent where a branch has no such lane', async () => {
      const [row] = (await read({ package: ['jax'], system: [ARM] })).packages
      expect(row?.cells.master?.status).toBe('absent')
    })

    it('find nothing for names that do not occur', async () => {
      expect(await names({ system: ['unknown'] })).toBe('')
      expect(await names({ variant: ['basic\0'] })).toBe('')
    })
  })

  it('by change are those with a cell whose health changed', async () => {
    expect(await names({ changed: true })).toBe("it's")
    expect(await names({ changed: true, branch: ['master'] })).toBe('')
  })

  it('by readiness have a cell that is ready, or one that is not; what is absent is neither', async () => {
    expect(await names({ ready: true })).toBe("pytorch it's")
    expect(await names({ ready: false })).toBe('pytorch jax 100%_done back\\slash äther')
    expect(await names({ ready: false, branch: ['master'] })).toBe('jax')
    expect(await names({ ready: true, branch: ['release'] })).toBe('')
  })

  it('fulfil all filters together', async () => {
    const all = { q: 'torch', package: ['pytorch', 'jax'], status: ['dependency-failed'], branch: ['nixos-unstable'] }
    const params = MatrixParamsSchema.parse({ ...all, system: [LINUX], variant: ['cuda'], ready: false })
    expect(await names(params)).toBe('pytorch')
    expect(await names({ ...params, changed: true })).toBe('')
    expect(await names({ ...params, ready: true })).toBe('')
    expect(await names({ ...params, q: 'jax' })).toBe('')
  })

  it('sorted by status begin with the worst, equal ones by name', async () => {
    expect(await names({ sort: 'status' })).toBe(
      'jax pytorch 100%_done back\\slash it\'s äther quoted."b.c" Upper.Case',
    )
  })

  it('sorted by change begin with what changed', async () => {
    expect((await names({ sort: 'changed' })).split(' ').slice(0, 3)).toEqual(["it's", 'pytorch', 'jax'])
  })

  it.each(['name', 'status', 'changed'] as const)('sorted by %s come once each over all pages', async (sort) => {
    const whole = (await read({ sort })).packages
    const pages = await Promise.all([0, 3, 6, 9].map((offset) => read({ sort, offset, limit: 3 })))
    expect(pages.flatMap(({ packages }) => packages)).toEqual(whole)
    expect(pages.map(({ total }) => total)).toEqual([8, 8, 8, 8])
  })
})

const ALL = 'pytorch jax 100%_done Upper.Case back\\slash it\'s quoted."b.c" äther'

async function store(db: Db): Promise<void> {
  const unstable = await addEvaluation(db, 1)
  const master = await addEvaluation(db, 2, { branch: 'master' })
  await addColumn(db, unstable)
  await addColumn(db, master, { branch: 'master' })
  await addRow(db, 'jax', { headline: 1 })
  await addRow(db, 'pytorch', { headline: 0, attributes: ['python3Packages.torch'] })
  for (const name of ['Upper.Case', '100%_done', 'back\\slash', "it's", 'quoted."b.c"', 'äther']) await addRow(db, name)

  const at = { evaluationId: unstable }
  const onMaster = { evaluationId: master, branch: 'master' }
  const torch = { row: 'pytorch', system: LINUX, variant: 'cuda', status: 'dependency-failed' } as const
  await addCell(db, { ...at, ...torch })
  await addCell(db, { ...at, ...torch, lane: 0 })
  await addCell(db, { ...onMaster, row: 'pytorch', isReady: true })
  const jax = { ...at, row: 'jax', system: LINUX }
  await addCell(db, { ...jax, variant: 'cuda', status: 'failed' })
  await addCell(db, { ...jax, variant: 'cuda', status: 'failed', lane: 0 })
  await addCell(db, { ...jax, variant: 'basic', lane: 1 })
  await addCell(db, { ...at, row: 'jax', system: ARM, variant: 'basic', lane: 2, isReady: true })
  await addCell(db, { ...onMaster, row: 'jax' })
  await addCell(db, { ...at, row: '100%_done', status: 'unknown' })
  await addCell(db, { ...at, row: 'back\\slash', status: 'building' })
  await addCell(db, { ...at, row: "it's", isChanged: true, isReady: true })
  await addCell(db, { ...onMaster, row: "it's", status: 'absent' })
  await addCell(db, { ...at, row: 'quoted."b.c"', status: 'absent' })
  await addCell(db, { ...at, row: 'äther' })
}

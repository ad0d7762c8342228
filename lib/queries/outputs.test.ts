import { expect, it } from 'vitest'
import { MatrixParamsSchema, MatrixSchema } from '@/lib/contract/matrix'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readMatrix } from './matrix'
import { addCell, addColumn, addEvaluation, addRow, hour, type PresenceParts, queryConfig } from './testing/rows'

const config = queryConfig()
const BEST_FIRST = ['cached', 'untrusted', 'unreachable', 'unchecked', 'evicted', 'missing'] as const

describeOnBothDatabases('The outputs of a cell', (fresh) => {
  /** The cell whose derivation has these outputs, with what each cache says of them. */
  async function cellWith(outputs: Readonly<Record<string, Readonly<Record<string, PresenceParts>>>>) {
    const db = await fresh()
    const evaluationId = await addEvaluation(db, 1)
    await addColumn(db, evaluationId)
    await addRow(db, 'pytorch')
    await addCell(db, { row: 'pytorch', evaluationId, outputs })
    const matrix = await readMatrix(MatrixParamsSchema.parse({}), hour(10), { db, config })
    expect(MatrixSchema.parse(matrix)).toEqual(matrix)
    return matrix.packages[0]?.cells['nixos-unstable']
  }

  it('count by their best cache', async () => {
    const pairs = BEST_FIRST.slice(1).map((worse, index) => [worse, BEST_FIRST[index] ?? 'cached'] as const)
    const outputs = pairs.map(([near, far]) => [
      `${near}-${far}`,
      { near: { presence: near, checkedAt: hour(1) }, far: { presence: far, checkedAt: hour(2) } },
    ])
    const cell = await cellWith(Object.fromEntries(outputs))
    expect(cell?.outputs?.map(({ name, presence, checkedAt }) => [name, presence, checkedAt])).toEqual(
      pairs.map(([near, far]) => [`${near}-${far}`, far, hour(2).toISOString()]),
    )
  })

  it('name the cache that has them, and every configured one in its order', async () => {
    const far = { presence: 'cached', checkedAt: hour(2) } as const
    const cell = await cellWith({ out: { far, gone: { presence: 'cached', checkedAt: hour(3) } } })
    expect(cell?.outputs?.[0]).toMatchObject({
      name: 'out',
      needed: true,
      presence: 'cached',
      cache: 'far',
      checkedAt: hour(2).toISOString(),
      last: null,
      caches: [
        { id: 'near', presence: 'unchecked', checkedAt: null, reason: null },
        { id: 'far', presence: 'cached', checkedAt: hour(2).toISOString(), reason: null },
      ],
    })
  })

  it('are not in a cache that is configured no longer', async () => {
    const cell = await cellWith({ out: { gone: { presence: 'cached', checkedAt: hour(3) } } })
    expect(cell?.outputs?.[0]).toMatchObject({ presence: 'unchecked', cache: null, checkedAt: null })
    expect(cell?.outputs?.[0]?.caches.map(({ id }) => id)).toEqual(['near', 'far'])
  })

  it('that a cache out of reach holds say what it said last, and why it is out of reach', async () => {
    const near = { presence: 'unreachable', checkedAt: hour(3), reason: 'It answered 503.' } as const
    const cell = await cellWith({ out: { near: { ...near, last: 'cached', lastAt: hour(1) } } })
    expect(cell?.outputs?.[0]).toMatchObject({
      presence: 'unreachable',
      cache: null,
      checkedAt: hour(3).toISOString(),
      last: { presence: 'cached', checkedAt: hour(1).toISOString() },
    })
    expect(cell?.outputs?.[0]?.caches[0]?.reason).toBe('It answered 503.')
  })

  it('of several caches out of reach say the best that was known', async () => {
    const gone = { presence: 'unreachable', checkedAt: hour(3) } as const
    const known = { near: { ...gone }, far: { ...gone, last: 'evicted', lastAt: hour(2) } } as const
    const cell = await cellWith({
      out: known,
      dev: { near: { ...gone, last: 'missing', lastAt: hour(1) }, far: known.far },
    })
    expect(cell?.outputs?.map(({ last }) => last?.presence)).toEqual(['evicted', 'evicted'])
  })

  it('that are reached now have no last answer', async () => {
    const near = { presence: 'missing', checkedAt: hour(3), last: 'cached', lastAt: hour(1) } as const
    expect((await cellWith({ out: { near } }))?.outputs?.[0]?.last).toBeNull()
  })

  it('that users do not need say so and do not count for the cell', async () => {
    const cell = await cellWith({
      out: { near: { presence: 'cached', checkedAt: hour(1) } },
      man: { near: { presence: 'missing', checkedAt: hour(1) } },
    })
    expect(cell?.outputs?.map(({ name, needed }) => [name, needed])).toEqual([
      ['out', true],
      ['man', false],
    ])
    expect(cell?.presence).toBe('cached')
  })

  it('make the cell’s presence by the worst that is needed', async () => {
    const cell = await cellWith({
      out: { near: { presence: 'cached', checkedAt: hour(1) } },
      dev: { near: { presence: 'evicted', checkedAt: hour(1) }, far: { presence: 'missing', checkedAt: hour(1) } },
    })
    expect(cell?.presence).toBe('evicted')
  })

  it('that are not known leave the cell unchecked', async () => {
    expect((await cellWith({}))?.presence).toBe('unchecked')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STATUSES } from '@/lib/domain/status'
import { toCursor } from './cursor'
import { MATRIX_SORTS, MatrixParamsSchema } from './matrix'
import { parseMatrixQuery, toMatrixQuery } from './matrix-query'

const names = fc.array(fc.string({ minLength: 1, maxLength: 30 }), { maxLength: 4 })
const anyParams = fc.record({
  q: fc.string({ maxLength: 50 }),
  status: fc.uniqueArray(fc.constantFrom(...STATUSES)),
  package: names,
  branch: names,
  system: names,
  variant: names,
  changed: fc.boolean(),
  ready: fc.constantFrom(true, false, null),
  sort: fc.constantFrom(...MATRIX_SORTS),
  limit: fc.integer({ min: 1, max: 5000 }),
  offset: fc.nat(1_000_000),
  after: fc.option(fc.constant(toCursor([0, null, 'jax']))),
  view: fc.constantFrom('full' as const, 'compact' as const),
})

function parse(query: string) {
  return parseMatrixQuery(new URLSearchParams(query))
}

describe('parseMatrixQuery', () => {
  it('reads back whatever toMatrixQuery writes', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        expect(parse(toMatrixQuery(params).toString())).toEqual({ ok: true, params })
      }),
    )
  })

  it('takes the empty query for the whole matrix', () => {
    expect(parse('')).toEqual({ ok: true, params: MatrixParamsSchema.parse({}) })
    expect(toMatrixQuery(MatrixParamsSchema.parse({})).toString()).toBe('')
  })

  it('takes lists as repeated keys, and 1 and true for yes', () => {
    expect(parse('status=failed&status=timed-out&changed=1&ready=false')).toMatchObject({
      params: { status: ['failed', 'timed-out'], changed: true, ready: false },
    })
  })

  it.each([
    ['limit=0', 'limit', 'whole number from 1 to 5000'],
    ['limit=5001', 'limit', 'whole number from 1 to 5000'],
    ['limit=1e2', 'limit', 'whole number'],
    ['offset=-1', 'offset', 'whole number from 0'],
    ['limit=1&limit=2', 'limit', 'once only'],
    ['q=a&q=b', 'q', 'once only'],
    ['changed=yes', 'changed', '1 or 0'],
    ['ready=', 'ready', '1 or 0'],
    ['status=green', 'status', 'succeeded'],
    ['sort=random', 'sort', 'name, status, changed'],
    ['view=all', 'view', 'full, compact'],
    ['branch=', 'branch', '1 to 200 characters'],
    [`q=${'x'.repeat(201)}`, 'q', '200 characters'],
    ['brnach=master', 'brnach', 'branch'],
    ['__proto__=1', '__proto__', 'no parameter'],
    ['toString=1&toString=2', 'toString', 'no parameter'],
  ])('refuses ?%s, naming "%s" and what to send', (query, parameter, expected) => {
    expect(parse(query)).toEqual({ ok: false, parameter, title: expect.stringContaining(expected) })
  })

  it('never throws on any query', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (pairs) => {
        expect(typeof parseMatrixQuery(new URLSearchParams(pairs)).ok).toBe('boolean')
      }),
    )
  })
})

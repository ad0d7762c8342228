import { describe, expect, it } from 'vitest'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { toOpenCell } from './open-cell'
import { loadMatrixSearchParams, toMatrixParams } from './search-params'

const load = (query: string) => toMatrixParams(loadMatrixSearchParams(new URLSearchParams(query)))

describe('the address of the matrix page', () => {
  it('asks for the first page of everything when it says nothing', () => {
    expect(load('')).toEqual(MatrixParamsSchema.parse({ limit: 200 }))
  })

  it('takes lists as repeated keys, as a plain form sends them', () => {
    expect(
      load('status=failed&status=timed-out&changed=true&ready=&sort=status&system=x86_64-linux&q=torch'),
    ).toMatchObject({
      status: ['failed', 'timed-out'],
      changed: true,
      ready: null,
      sort: 'status',
      system: ['x86_64-linux'],
      q: 'torch',
    })
  })

  it.each([
    'status=green&sort=random&ready=maybe&changed=2&offset=-1&branch=',
    'offset=1e9&offset=99999999999',
    `q=${'x'.repeat(5000)}&package=${'y'.repeat(201)}`,
    Array.from({ length: 150 }, (_, index) => `package=p${index}`).join('&'),
    'status=failed&status=failed&status=failed&status=failed&status=failed&status=failed&status=failed&status=failed&status=failed&status=failed&status=failed',
  ])('leaves out what is invalid and stays within the contract: %.40s', (query) => {
    expect(MatrixParamsSchema.safeParse(load(query)).success).toBe(true)
  })
})

describe('toOpenCell', () => {
  it('splits at the first colon, because a package may hold one', () => {
    expect(toOpenCell('master:a:b')).toEqual({ branch: 'master', package: 'a:b' })
  })

  it.each([null, '', ':pytorch', 'master'])('names no cell in %s', (open) => {
    expect(toOpenCell(open)).toBeNull()
  })
})

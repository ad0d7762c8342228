import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { readMatrix } from '@/lib/queries/matrix'
import { type Comparison, measure } from './measure'
import { PACKAGES, type World } from './world'

/** A page of the matrix must cost a part of the whole, and a page far down no more than the first. */
export async function benchMatrixPage(world: World): Promise<Comparison[]> {
  const read = (params: object) => () => readMatrix(MatrixParamsSchema.parse(params), world.now, world)
  const compact = { view: 'compact', limit: 200 }
  const [first = 0, last = 0, broken = 0, full = 0] = await measure([
    read(compact),
    read({ ...compact, offset: PACKAGES - 200 }),
    read({ ...compact, sort: 'status' }),
    read({ ...compact, view: 'full' }),
  ])
  const [whole = 0] = await measure([read({ ...compact, limit: PACKAGES })])
  const firstPage = { name: 'first 200 rows, compact', value: first }
  return [
    {
      promise: 'The first page is a small part of the whole table',
      baseline: { name: `all ${PACKAGES} rows, compact`, value: whole },
      subject: firstPage,
    },
    {
      promise: 'The last page costs as much as the first',
      baseline: firstPage,
      subject: { name: 'last 200 rows', value: last },
    },
    {
      promise: 'Worst first costs little more than by name',
      baseline: firstPage,
      subject: { name: 'sorted by status', value: broken },
    },
    {
      promise: 'Outputs, others and strips cost less than the rest again',
      baseline: firstPage,
      subject: { name: 'full', value: full },
    },
  ]
}

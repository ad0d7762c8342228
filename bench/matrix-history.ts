import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { readMatrix } from '@/lib/queries/matrix'
import { type Comparison, measure } from './measure'
import type { World } from './world'

/** Reading the matrix must not grow with the history that is kept. */
export async function benchMatrixHistory(young: World, old: World): Promise<Comparison[]> {
  const page = MatrixParamsSchema.parse({ limit: 200 })
  const cell = MatrixParamsSchema.parse({ package: ['python3Packages.package-2500'], branch: ['master'] })
  const read = (world: World, params: typeof page) => () => readMatrix(params, world.now, world)
  const works = [read(young, page), read(old, page), read(young, cell), read(old, cell)]
  const [youngPage = 0, oldPage = 0, youngCell = 0, oldCell = 0] = await measure(works)
  const kept = ({ evaluations }: World) => `with ${evaluations} evaluations kept`
  return [
    {
      promise: 'The first page of the matrix costs the same, however long the history',
      baseline: { name: kept(young), value: youngPage },
      subject: { name: kept(old), value: oldPage },
    },
    {
      promise: 'So does a single cell',
      baseline: { name: kept(young), value: youngCell },
      subject: { name: kept(old), value: oldCell },
    },
    {
      promise: 'A single cell is a small part of the first page',
      baseline: { name: 'first page', value: oldPage },
      subject: { name: 'one cell', value: oldCell },
    },
  ]
}

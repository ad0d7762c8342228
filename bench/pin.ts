import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { readMatrix } from '@/lib/queries/matrix'
import { readPin } from '@/lib/queries/pin'
import { type Comparison, measure } from './measure'
import type { World } from './world'

/** Attributes 1 to 4 are cached; every tenth lacks an output, so nothing can be pinned with it. */
const READY = [0, 1, 2, 3].map(nameOf)
const BLOCKED = [...READY.slice(1), nameOf(9)]

function nameOf(index: number): string {
  return `python3Packages.package-${String(index).padStart(4, '0')}`
}

/** A pin costs what the way back to it costs; the whole way is the worst, and no more than a page of the matrix. */
export async function benchPin(young: World, old: World): Promise<Comparison[]> {
  const pin = (world: World, packages: readonly string[]) => () =>
    readPin({ branch: 'master', package: [...packages] }, world.now, world)
  const page = () => readMatrix(MatrixParamsSchema.parse({ limit: 200 }), old.now, old)
  const works = [pin(young, READY), pin(old, READY), pin(old, BLOCKED), page]
  const [youngPin = 0, oldPin = 0, none = 0, firstPage = 0] = await measure(works)
  const kept = ({ evaluations }: World) => `with ${evaluations} evaluations kept`
  return [
    {
      promise: 'A pin on the newest revision costs the same, however long the history',
      baseline: { name: kept(young), value: youngPin },
      subject: { name: kept(old), value: oldPin },
    },
    {
      promise:
        'To find that there is none, the whole history of a branch is read: still less than a page of the matrix',
      baseline: { name: 'first page of the matrix', value: firstPage },
      subject: { name: kept(old), value: none },
    },
  ]
}

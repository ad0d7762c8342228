import type { BadgeAsked } from '@/lib/contract/badge'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { readBadge } from '@/lib/queries/badge'
import { readMatrix } from '@/lib/queries/matrix'
import { type Comparison, measure } from './measure'
import type { World } from './world'

const NAME = 'python3Packages.package-0001'
const TIMES = 10

/** A badge is asked for thousands of times a day: it must cost next to nothing, however long the history is. */
export async function benchBadge(young: World, old: World): Promise<Comparison[]> {
  const [matrix = 0, single = 0, over = 0, shortHistory = 0] = await measure([
    () => readMatrix(MatrixParamsSchema.parse({ view: 'compact', limit: 200 }), old.now, old),
    many(old, { kind: 'package', package: NAME, branch: 'master' }),
    many(old, { kind: 'package', package: NAME, branch: null }),
    many(young, { kind: 'package', package: NAME, branch: 'master' }),
  ])
  const badge = { name: 'a badge', value: single / TIMES }
  return [
    {
      promise: 'A badge costs a small part of a page of the matrix',
      baseline: { name: 'first 200 rows, compact', value: matrix },
      subject: badge,
    },
    {
      promise: 'A badge over all branches costs little more than one of a branch',
      baseline: badge,
      subject: { name: 'over all branches', value: over / TIMES },
    },
    {
      promise: 'A badge costs the same however many evaluations are kept',
      baseline: { name: `with ${young.evaluations} evaluations`, value: shortHistory / TIMES },
      subject: { name: `with ${old.evaluations}`, value: single / TIMES },
    },
  ]
}

/** Several at once, because one alone is too short to measure. */
function many(world: World, asked: BadgeAsked): () => Promise<unknown> {
  return async () => {
    for (let time = 0; time < TIMES; time += 1) await readBadge(asked, world.now, world)
  }
}

import { rebuildBranch } from '@/lib/sync/rebuild-branch'
import type { Comparison } from './measure'
import { addDay, BRANCHES, type World } from './world'

const DAYS = 3

/** Bringing the matrix up to one more evaluation must not cost more for a longer history. */
export async function benchSyncHistory(young: World, old: World): Promise<Comparison[]> {
  const times = { young: 0, old: 0 }
  for (let day = 0; day < DAYS; day += 1) {
    times.young += await bringOneMore(young, day)
    times.old += await bringOneMore(old, day)
  }
  const side = ({ evaluations }: World, ms: number) => ({
    name: `after ${evaluations} evaluations`,
    value: ms / DAYS,
  })
  return [
    {
      promise: 'One new evaluation of a branch is folded in at the same cost, however long the history',
      baseline: side(young, times.young),
      subject: side(old, times.old),
    },
  ]
}

/** Milliseconds to draw up a branch once its next evaluation is stored. */
async function bringOneMore({ db, config, context, evaluations }: World, day: number): Promise<number> {
  await addDay(db, evaluations / BRANCHES.length + day)
  const [branch] = config.branches
  if (branch === undefined) throw new Error('The benchmark has branches.')
  const start = performance.now()
  await rebuildBranch(context, branch)
  return performance.now() - start
}

import type { Dashboard } from './dashboard'
import { toEvaluation } from './upstreams/hercules-evaluation'
import type { DemoJob } from './upstreams/history'
import type { Branch } from './upstreams/locks'

/** So many packages do not come with the page at once. */
export const MANY = 450

/** Pushes to a branch, lets its evaluation say something else at one place, and syncs. */
export async function pushCorrupted(dashboard: Dashboard, branch: Branch, change: Change): Promise<void> {
  const job = pushTo(dashboard, branch)
  corrupt(dashboard, job, typeof change === 'function' ? change(dashboard, job) : change)
  await dashboard.sync()
}

type Place = { readonly at: (string | number)[]; readonly value: Json }
type Change = Place | ((dashboard: Dashboard, job: DemoJob) => Place)
type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Pushes an evaluation of `MANY` packages and syncs; gives the names of the first and the last one. */
export async function pushManyPackages(dashboard: Dashboard, branch: Branch): Promise<readonly [string, string]> {
  const names = Array.from({ length: MANY }, (_, index) => `generated-${String(index).padStart(3, '0')}`)
  await pushCorrupted(dashboard, branch, ({ upstreams }, job) => {
    const built = toEvaluation(upstreams.world, job).attributes.find(({ value }) => 'Ok' in value)
    const value = names.map((name) => ({ ...built, path: ['defaultChecks', 'x86_64-linux', `basic_${name}`] }))
    return { at: ['attributes'], value: JSON.parse(JSON.stringify(value)) }
  })
  return [names[0] ?? '', names.at(-1) ?? '']
}

/** Pushes to a branch; everything builds at once. */
export function pushTo({ upstreams }: Dashboard, branch: Branch): DemoJob {
  upstreams.mutate({ action: 'push', branch })
  const job = upstreams.world.jobs.at(-1)
  if (job === undefined) throw new Error('the push made no job')
  return job
}

function corrupt({ upstreams }: Dashboard, job: DemoJob, { at, value }: Place): void {
  upstreams.servers.herculesCi.faults.add({ kind: 'corrupt', path: `/jobs/${job.id}/evaluation`, at, value })
}

/** Ends every fault of every upstream. */
export function clearFaults({ upstreams }: Dashboard): void {
  for (const { faults } of Object.values(upstreams.servers)) faults.clear()
}

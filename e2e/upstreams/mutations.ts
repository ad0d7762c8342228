import { z } from 'zod'
import { finishOne, retryBuild } from './builds'
import { makeJob, makePush } from './history'
import { BRANCHES, type Branch, type LockUpdate, laterUpdates, windowUpdates } from './locks'
import { closureOf, runJob, type World } from './world'

const MINUTE_MS = 60_000

/** What a test may ask of the world, as `POST /__world` takes it. */
export const MutationSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('finish-running') }),
  z.strictObject({ action: z.literal('retry'), derivation: z.string() }),
  z.strictObject({ action: z.literal('push'), branch: z.enum(BRANCHES), isRunning: z.boolean().default(false) }),
  z.strictObject({ action: z.literal('collect-garbage') }),
])
export type Mutation = z.input<typeof MutationSchema>

/** Changes the world as asked; false when what the mutation names does not exist. */
export function mutate(world: World, mutation: Mutation): boolean {
  world.clock += 2 * MINUTE_MS
  world.version += 1
  if (mutation.action === 'retry') return retryBuild(world.book, mutation.derivation, world.clock)
  if (mutation.action === 'push') return push(world, mutation.branch, mutation.isRunning ?? false)
  if (mutation.action === 'finish-running') return finishRunning(world)
  world.isCollected = true
  return true
}

function finishRunning(world: World): boolean {
  const running = world.jobs.filter((job) => !world.ends.has(job.id) && !job.isQueued)
  for (const job of running) {
    for (const derivation of closureOf(world, job)) finishOne(world.book, derivation, world.clock)
    world.ends.set(job.id, world.clock)
  }
  return running.length > 0
}

/** The next real update after the window. Past the last one, and for the release that moved on to 24.05, the newest pin stays. */
function nextUpdate(world: World): LockUpdate | undefined {
  return laterUpdates()[world.pushes] ?? laterUpdates().at(-1) ?? windowUpdates().at(-1)
}

function push(world: World, branch: Branch, isRunning: boolean): boolean {
  const next = nextUpdate(world)
  if (next === undefined) return false
  world.pushes += 1
  const update = { ...next, at: world.clock }
  const pushed = makePush(`${world.seed}:${world.pushes}`, update, branch, isRunning ? 'running' : 'normal')
  for (const type of ['Config', 'OnPush'] as const) {
    const index = (world.jobs.at(-1)?.index ?? 0) + 1
    const job = makeJob(world.seed, { push: pushed, type, index, startAt: world.clock, rerunOf: null, isQueued: false })
    world.jobs.push(job)
    runJob(world, job)
  }
  return true
}

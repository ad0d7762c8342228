import { BRANCHES, type Branch, type LockUpdate, REF, windowUpdates } from './locks'
import { commitOf, uuidOf } from './random'

const SECOND_MS = 1000
const FIRST_INDEX = 1412

/** What is out of the ordinary about a push. */
export type PushFate = 'normal' | 'no-handlers' | 'no-attributes' | 'cancelled' | 'flaky' | 'running'

/** One push of the daily task to a branch of the CI repository. */
export interface Push {
  readonly branch: Branch
  readonly ref: string
  readonly update: LockUpdate
  /** Revision of the CI repository. */
  readonly ciRevision: string
  readonly fate: PushFate
}

/** A job as Hercules CI counts them; times are real, not shifted. */
export interface DemoJob {
  readonly id: string
  readonly evaluationId: string
  readonly index: number
  readonly type: 'Config' | 'OnPush'
  readonly push: Push
  readonly startAt: number
  readonly rerunOf: DemoJob | null
  /** A job that waits for an agent. */
  readonly isQueued: boolean
}

// By the day of the update that the fate befell.
const FATES: readonly (readonly [day: string, branch: Branch, fate: PushFate])[] = [
  ['2024-04-19', 'nixpkgs-unstable', 'cancelled'],
  ['2024-04-26', 'nixos-unstable', 'no-attributes'],
  ['2024-05-01', 'nixpkgs-unstable', 'no-handlers'],
  ['2024-05-04', 'master', 'flaky'],
  ['2024-05-21', 'master', 'running'],
]
// The release column was not updated after this: it is the stale one.
const RELEASE_UNTIL = Date.parse('2024-05-19')

function fateOf(update: LockUpdate, branch: Branch): PushFate {
  const day = new Date(update.at).toISOString().slice(0, 10)
  return FATES.find(([on, of]) => on === day && of === branch)?.[2] ?? 'normal'
}

/** A push of that update to that branch. */
export function makePush(seed: string, update: LockUpdate, branch: Branch, fate: PushFate): Push {
  return {
    branch,
    ref: `refs/heads/${REF[branch]}`,
    update,
    ciRevision: commitOf(`${seed}:${update.commit}:${branch}`),
    fate,
  }
}

/** A job with the ids that its place decides. */
export function makeJob(seed: string, parts: Omit<DemoJob, 'id' | 'evaluationId'>): DemoJob {
  return {
    ...parts,
    id: uuidOf(`${seed}:job:${parts.index}`),
    evaluationId: uuidOf(`${seed}:evaluation:${parts.index}`),
  }
}

function jobsOfPush(push: Push): readonly Omit<DemoJob, 'id' | 'evaluationId' | 'index'>[] {
  const base = { push, rerunOf: null, isQueued: false }
  const config = { ...base, type: 'Config' as const, startAt: push.update.at }
  if (push.fate === 'no-handlers') return [config]
  return [config, { ...base, type: 'OnPush' as const, startAt: push.update.at + 41 * SECOND_MS }]
}

/** Every job of the window in the order of its index. */
export function makeHistory(seed: string): readonly DemoJob[] {
  const pushes = windowUpdates().flatMap((update) =>
    BRANCHES.filter((branch) => branch !== 'release' || update.at < RELEASE_UNTIL).map((branch) =>
      makePush(seed, update, branch, fateOf(update, branch)),
    ),
  )
  const jobs: DemoJob[] = []
  for (const push of pushes) {
    for (const parts of jobsOfPush(push)) jobs.push(makeJob(seed, { ...parts, index: FIRST_INDEX + jobs.length }))
    if (push.branch === 'release') jobs.push(...reruns(seed, jobs, push))
  }
  return jobs
}

// Reruns were asked for by a person, so they come after the other columns of the day.
function reruns(seed: string, jobs: readonly DemoJob[], push: Push): readonly DemoJob[] {
  const index = FIRST_INDEX + jobs.length
  const last = (fate: PushFate, branch: Branch) =>
    jobs.findLast(
      (job) =>
        job.push.update === push.update &&
        job.push.branch === branch &&
        job.push.fate === fate &&
        job.type === 'OnPush',
    )
  const flaky = last('flaky', 'master')
  if (flaky !== undefined) {
    return [makeJob(seed, { ...flaky, index, startAt: flaky.startAt + 5 * 3_600_000, rerunOf: flaky })]
  }
  const isLastRelease = push.update === windowUpdates().findLast((update) => update.at < RELEASE_UNTIL)
  const stale = isLastRelease ? last('normal', 'release') : undefined
  return stale === undefined
    ? []
    : [makeJob(seed, { ...stale, index, startAt: push.update.at + 6 * 3_600_000, rerunOf: stale, isQueued: true })]
}

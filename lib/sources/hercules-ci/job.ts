import 'server-only'
import type { ListedRun, RunState } from '@/lib/sources/source'
import type { Job } from './schema'

const ATTRIBUTES_MAY_GROW: ReadonlySet<string> = new Set(['Queued', 'Evaluating'])
const STATE_BY_PHASE: ReadonlyMap<string, RunState> = new Map<string, RunState>([
  ['Queued', 'queued'],
  ['Evaluating', 'running'],
  ['Building', 'running'],
  // Builds are done; effects may hang on other jobs for ever.
  ['Effects', 'finished'],
  ['Done', 'finished'],
])

/** `Config`, `Legacy`, or type and name as in `OnPush/default`. */
export function handlerOf(job: Job): string {
  return job.jobName ? `${job.jobType}/${job.jobName}` : job.jobType
}

export function isConfig(job: Job): boolean {
  return job.jobType === 'Config'
}

/**
 * The state of a job. A job whose evaluation failed is not `failed` here: it may have attributes, which decide; only a
 * Config job has none that count. A phase of later servers runs until the job has an end.
 */
export function stateOf(job: Job): RunState {
  if (job.isCancelled) return 'cancelled'
  if (isConfig(job) && (job.jobStatus === 'Failure' || job.evaluationStatus === 'Failure')) return 'failed'
  return STATE_BY_PHASE.get(job.jobPhase) ?? (job.endTime ? 'finished' : 'running')
}

/**
 * A job as a run. `finishedAt` is null for a finished run in phase `Effects`: the source does not tell when builds
 * ended. Web links use the index, never the id.
 */
export function toListedRun(job: Job, webBase: string, names: readonly [string, string, string]): ListedRun {
  const [site, account, project] = names
  const place = [job.forgeName ?? site, job.ownerName ?? account, job.repoName ?? project].map(encodeURIComponent)
  const isPhaseKnown = STATE_BY_PHASE.has(job.jobPhase)
  return {
    externalId: job.id,
    index: job.index,
    handler: handlerOf(job),
    ref: job.source.ref?.replace(/^refs\/heads\//, '') ?? null,
    jobName: job.jobName ?? null,
    ciRevision: job.source.revision,
    state: stateOf(job),
    isEvaluating: isPhaseKnown ? ATTRIBUTES_MAY_GROW.has(job.jobPhase) : !job.endTime,
    startedAt: job.startTime,
    finishedAt: job.endTime ?? null,
    rerunOf: job.rerunOf ?? null,
    rerunOfIndex: job.rerunOfIndex ?? null,
    url: `${webBase}/${place.join('/')}/jobs/${job.index}`,
  }
}

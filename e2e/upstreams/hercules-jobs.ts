import { stateOf } from './builds'
import type { DemoJob } from './history'
import { uuidOf } from './random'
import { attributesOf, shownTime, type World } from './world'

export const IDS = {
  site: uuidOf('demo:site'),
  account: uuidOf('demo:account'),
  project: uuidOf('demo:project'),
  repository: uuidOf('demo:repository'),
  person: uuidOf('demo:person'),
}
export const NAMES = { site: 'github', account: 'SomeoneSerge', project: 'nixpkgs-unfree' }
const IMAGE = 'https://avatars.githubusercontent.com/u/1000001?v=4'

type JobStatus = 'Pending' | 'Failure' | 'Success'

/** A time as the API writes it: six digits of fraction, zeros at the end cut. */
export function stamp(world: World, realMs: number): string {
  const micro = String((realMs * 7919) % 1000).padStart(3, '0')
  return shownTime(world, realMs)
    .replace('Z', `${micro}`)
    .replace(/\.?0+$/, '')
    .concat('Z')
}

const FORGE = { id: IDS.site, name: NAMES.site, displayName: 'GitHub' }
const OWNER = {
  id: IDS.account,
  name: NAMES.account,
  displayName: 'Someone Serge',
  typ: 'User',
  imageURL: IMAGE,
  site: FORGE,
}
export const ACCOUNT = {
  id: IDS.account,
  sourceHostingSiteSlug: NAMES.site,
  slug: NAMES.account,
  typ: 'User',
  displayName: 'Someone Serge',
  imageURL: IMAGE,
  organization: null,
  isInstalled: true,
  isInstallable: false,
  membershipRole: null,
  sourceHostingSites: null,
  manageInstallationURL: null,
  installationIsSelection: null,
}
export const PROJECT = {
  id: IDS.project,
  owner: OWNER,
  ownerId: IDS.account,
  repoId: IDS.repository,
  enabled: true,
  siteSlug: NAMES.site,
  ownerSlug: NAMES.account,
  name: NAMES.project,
  slug: NAMES.project,
  displayName: NAMES.project,
  imageURL: IMAGE,
  isPublic: true,
}

function isBroken(job: DemoJob): boolean {
  return job.push.fate === (job.type === 'Config' ? 'no-handlers' : 'no-attributes')
}

function evaluationStatus(world: World, job: DemoJob): JobStatus {
  if (job.isQueued) return 'Pending'
  const hasFault = attributesOf(world, job).some(({ derived }) => derived.kind === 'fault')
  return isBroken(job) || hasFault ? 'Failure' : 'Success'
}

function derivationStatus(world: World, job: DemoJob): JobStatus {
  if (job.isQueued) return 'Pending'
  // What a job came to is kept; only the states of its derivations follow later retries.
  if (job.type === 'OnPush' && (job.push.fate === 'cancelled' || (job.push.fate === 'flaky' && job.rerunOf === null)))
    return 'Failure'
  const states = attributesOf(world, job).flatMap(({ attribute, derived }) =>
    derived.kind === 'derivation' && attribute.spec.judgement === 'Regular'
      ? [stateOf(world.book, derived.derivation.path)]
      : [],
  )
  if (states.some((state) => state === 'BuildFailure' || state === 'DependencyFailure' || state === 'Cancelled'))
    return 'Failure'
  return states.some((state) => state === 'Waiting' || state === 'Building') ? 'Pending' : 'Success'
}

function worst(statuses: readonly JobStatus[]): JobStatus {
  if (statuses.includes('Failure')) return 'Failure'
  return statuses.includes('Pending') ? 'Pending' : 'Success'
}

function phaseOf(world: World, job: DemoJob): string {
  if (world.ends.has(job.id)) return 'Done'
  return job.isQueued ? 'Queued' : 'Building'
}

/** A job as the API shows it. */
export function toJob(world: World, job: DemoJob) {
  const end = world.ends.get(job.id)
  const [evaluated, built] = [evaluationStatus(world, job), derivationStatus(world, job)]
  const isCancelled = job.type === 'OnPush' && job.push.fate === 'cancelled'
  return {
    id: job.id,
    projectId: IDS.project,
    index: job.index,
    repoName: NAMES.project,
    ownerName: NAMES.account,
    forgeName: NAMES.site,
    repoId: IDS.repository,
    startTime: stamp(world, job.startAt),
    endTime: end === undefined ? null : stamp(world, end),
    jobPhase: phaseOf(world, job),
    isCancelled,
    jobStatus: worst([evaluated, built]),
    evaluationStatus: evaluated,
    derivationStatus: built,
    effectsStatus: 'Success',
    evaluationId: job.evaluationId,
    source: sourceOf(job),
    extraInputs: {},
    jobType: job.type,
    jobName: job.type === 'Config' ? null : 'default',
    rerunOf: job.rerunOf?.id ?? null,
    rerunOfIndex: job.rerunOf?.index ?? null,
    startedBy: job.rerunOf === null ? null : IDS.person,
    cancelledBy: isCancelled ? IDS.person : null,
    mayCancel: false,
    mayRerun: false,
  }
}

function sourceOf({ push }: DemoJob) {
  return {
    revision: push.ciRevision,
    ref: push.ref,
    message: `${push.ref.replace('refs/heads/', '')} sync\n`,
    gitCommitterName: 'github-actions',
    committer: null,
    link: `https://github.com/${NAMES.account}/${NAMES.project}/commit/${push.ciRevision}`,
  }
}

/** The answer to a question for jobs: the chosen ones, newest first, and whether more follow. */
export function pageOfJobs(world: World, query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 50)
  const matching = [...world.jobs]
    .reverse()
    .filter((job) => isAsked(job, query) && hasOutcome(world, job, query.get('success')))
  const after = matching.findIndex(
    (job) => String(job.index) === query.get('offsetIndex') || job.id === query.get('offsetId'),
  )
  const rest = matching.slice(after + 1)
  return { items: rest.slice(0, limit).map((job) => toJob(world, job)), more: rest.length > limit }
}

function hasOutcome(world: World, job: DemoJob, success: string | null): boolean {
  if (success === null) return true
  return (worst([evaluationStatus(world, job), derivationStatus(world, job)]) === 'Success') === (success === 'true')
}

function isAsked(job: DemoJob, query: URLSearchParams): boolean {
  const fields: readonly (readonly [string, string])[] = [
    ['ref', job.push.ref],
    ['rev', job.push.ciRevision],
    ['handler', job.type],
    ['name', job.type === 'Config' ? '' : 'default'],
  ]
  return fields.every(([name, value]) => !query.has(name) || query.get(name) === value)
}

/** Why a question for jobs cannot be read, or null. The words are case-sensitive, as at the live service. */
export function faultOfJobQuery(query: URLSearchParams): string | null {
  const handler = query.get('handler')
  if (handler !== null && !['Config', 'Legacy', 'OnPush', 'OnSchedule'].includes(handler))
    return `could not parse: handler ${handler}`
  const number = ['limit', 'offsetIndex'].find((name) => !/^\d+$/.test(query.get(name) ?? '0'))
  return number === undefined ? null : `could not parse: ${number}`
}

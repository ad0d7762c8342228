import 'server-only'
import type { z } from 'zod'
import { publicAddress } from '@/lib/net/address'
import { UpstreamError } from '@/lib/net/errors'
import { sharedRequest, type UpstreamRequest } from '@/lib/net/request'
import { requestJson } from '@/lib/net/request-json'
import type {
  FailureNode,
  LogPart,
  ObservedDerivation,
  ObservedEvaluation,
  RunPage,
  Source,
} from '@/lib/sources/source'
import { toObservedDerivation } from './derivation'
import { toObservedEvaluation } from './evaluation'
import { handlerOf, isConfig, stateOf, toListedRun } from './job'
import { firstIndex, toLogPart } from './log'
import { nextCursor, parseItems } from './page'
import { type ProjectIds, projectIds } from './project'
import {
  DerivationInfoSchema,
  EvaluationSchema,
  FailureGraphSchema,
  type Job,
  JobPageSchema,
  JobSchema,
  LogSchema,
  ProjectSchema,
} from './schema'
import { toStatus } from './words'

export interface HerculesCiSettings {
  readonly id: string
  /** Web address of the installation, such as `https://hercules-ci.com`; `/api/v1` at its end is allowed. */
  readonly url: string
  readonly site: string
  readonly account: string
  readonly project: string
  /** Such as `OnPush/default`; without it every OnPush and OnSchedule handler. Failed Config jobs always count. */
  readonly handlers?: readonly string[] | undefined
  readonly token?: string | undefined
  /** The process's own door unless given. */
  readonly request?: UpstreamRequest
  /** Jobs per page; 100 unless set. */
  readonly pageSize?: number
}

interface Api {
  readonly settings: HerculesCiSettings
  /** For links that people follow: holds no credentials, whatever the configured address does. */
  readonly webBase: string
  readonly ids: ProjectIds
  readonly url: (segments: readonly string[], query?: Readonly<Record<string, string>>) => URL
  readonly get: <T>(url: URL, schema: z.ZodType<T>) => Promise<T>
}

const JOBS_PER_PAGE = 100

/** A project on Hercules CI, as `contracts/hercules-ci` describes its public API. */
export function herculesCiSource(settings: HerculesCiSettings): Source {
  const api = createApi(settings)
  return {
    id: settings.id,
    listRuns: (cursor) => listRuns(api, cursor),
    readRun: async (externalId) => toRun(api, await readJob(api, externalId)),
    readEvaluation: (externalId) => readEvaluation(api, externalId),
    readFailures: (externalId) => readFailures(api, externalId),
    readDerivation: (path, viaExternalId) => readDerivation(api, path, viaExternalId),
    readLog: (path, logId, from) => readLog(api, path, { logId, from }),
  }
}

function createApi(settings: HerculesCiSettings): Api {
  const base = settings.url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')
  const headers: Record<string, string> = settings.token ? { authorization: `Bearer ${settings.token}` } : {}
  const get: Api['get'] = async (url, schema) =>
    (await requestJson(settings.request ?? sharedRequest, url, schema, { headers })).data
  const url: Api['url'] = (segments, query = {}) => {
    const asked = new URL(`${base}/api/v1/${segments.map(encodeURIComponent).join('/')}`)
    for (const [name, value] of Object.entries(query)) asked.searchParams.set(name, value)
    return asked
  }
  const ids = projectIds(() => get(url(namesOf(settings)), ProjectSchema))
  return { settings, webBase: publicAddress(new URL(base)).replace(/\/+$/, ''), ids, url, get }
}

function namesOf({ site, account, project }: HerculesCiSettings): readonly string[] {
  return ['site', site, 'account', account, 'project', project]
}

// No handler filter: it would hide the Config jobs, and with them every push that does not evaluate at all.
async function listRuns(api: Api, cursor: string | null): Promise<RunPage> {
  const query: Record<string, string> = { limit: String(api.settings.pageSize ?? JOBS_PER_PAGE) }
  if (cursor !== null) query.offsetIndex = cursor
  const ask = async (place: readonly string[]) => {
    const url = api.url([...place, 'jobs'], query)
    return { url, page: await api.get(url, JobPageSchema) }
  }
  const { url, page } = await api.ids.withFallback(
    ({ id }) => ask(['projects', id]),
    () => ask(namesOf(api.settings)),
  )
  const { jobs, faults } = parseItems(page.items, url, (id) => api.url(['jobs', id]))
  const runs = jobs.filter((job) => isListed(job, api.settings.handlers)).map((job) => toRun(api, job))
  return { runs, faults, next: page.more ? nextCursor(page.items, cursor) : null }
}

function isListed(job: Job, handlers: readonly string[] | undefined): boolean {
  if (isConfig(job)) return stateOf(job) === 'failed'
  if (handlers !== undefined) return handlers.includes(handlerOf(job))
  return job.jobType === 'OnPush' || job.jobType === 'OnSchedule'
}

function toRun(api: Api, job: Job) {
  const { site, account, project } = api.settings
  return toListedRun(job, api.webBase, [site, account, project])
}

function readJob(api: Api, externalId: string): Promise<Job> {
  return api.get(api.url(['jobs', externalId]), JobSchema)
}

async function readEvaluation(api: Api, externalId: string): Promise<ObservedEvaluation> {
  const evaluation = await api.get(api.url(['jobs', externalId, 'evaluation']), EvaluationSchema)
  const observed = toObservedEvaluation(evaluation)
  if (evaluation.attributes.length > 0 || observed.error !== null) return observed
  // A push job that finds no derivation fails without a word; only the job itself tells.
  const job = await readJob(api, externalId)
  return job.evaluationStatus === 'Failure'
    ? { ...observed, error: 'The evaluation failed without a message.' }
    : observed
}

async function readFailures(api: Api, externalId: string): Promise<readonly FailureNode[]> {
  const { nodes } = await api.get(api.url(['jobs', externalId, 'derivations', 'failed']), FailureGraphSchema)
  return nodes.map(({ derivation, failedDependencies }) => ({
    derivation: derivation.derivationPath,
    status: toStatus(derivation.status),
    failedDependencies,
  }))
}

async function readDerivation(api: Api, path: string, viaExternalId: string): Promise<ObservedDerivation> {
  const { ownerId } = await api.ids.ids()
  const url = api.url(['accounts', ownerId, 'derivations', path], { 'via-job': viaExternalId })
  return toObservedDerivation(await api.get(url, DerivationInfoSchema))
}

async function readLog(
  api: Api,
  path: string,
  { logId, from }: { logId: string; from: number },
): Promise<LogPart | null> {
  const { ownerId } = await api.ids.ids()
  const query = { logId, iMin: String(firstIndex(from)) }
  try {
    return toLogPart(
      await api.get(api.url(['accounts', ownerId, 'derivations', path, 'log', 'lines'], query), LogSchema),
      from,
    )
  } catch (error) {
    if (error instanceof UpstreamError && error.kind === 'not-found') return null
    throw error
  }
}

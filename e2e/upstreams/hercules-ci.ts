import type { Build } from './builds'
import { toDerivationInfo } from './hercules-derivation'
import { AGENT_VERSION, toComparison, toEvaluation, toFailureGraph } from './hercules-evaluation'
import { ACCOUNT, faultOfJobQuery, IDS, NAMES, PROJECT, pageOfJobs, stamp, toJob } from './hercules-jobs'
import type { DemoJob } from './history'
import { attemptOf, toEvaluationLog, toLog } from './logs'
import { uuidOf } from './random'
import { type Answer, json, type ServeOptions, serve, text, type Upstream, type UpstreamRequest } from './serve'
import type { World } from './world'

const NOT_FOUND = json({ errorTags: ['not-found'], message: 'Not found' }, 404)
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Starts the demo's Hercules CI. Answers under `/api/v1` have the types of contracts/hercules-ci. */
export function startHerculesCi(world: World, options: ServeOptions = {}): Promise<Upstream> {
  return serve(world, (request) => answer(world, request), options)
}

function answer(world: World, request: UpstreamRequest): Answer {
  const [api, version, ...rest] = request.segments
  if (api !== 'api' || version !== 'v1') return NOT_FOUND
  if (request.method !== 'GET') return text('', 405)
  const segments = byId(rest)
  if (segments === null) return NOT_FOUND
  const [kind, id, ...more] = segments
  if (id !== undefined && kind !== 'site' && !UUID.test(id)) return text(`could not parse: ${id}`, 400)
  if (kind === 'projects') return projects(world, request, id, more)
  if (kind === 'jobs') return id === undefined ? jobSearch(world, request.query) : job(world, id, more)
  if (kind === 'accounts') return accounts(world, request, id, more)
  return NOT_FOUND
}

/** The same address with ids in place of names; null when the demo does not know the names. */
function byId(segments: readonly string[]): readonly string[] | null {
  const [site, forge, account, owner, project, name, ...more] = segments
  if (site !== 'site') return segments
  if (forge !== NAMES.site || account !== 'account' || owner !== NAMES.account) return null
  if (project === undefined) return ['accounts', IDS.account]
  return project === 'project' && name === NAMES.project ? ['projects', IDS.project, ...more] : null
}

function isAskedProject(query: URLSearchParams): boolean {
  return Object.entries(NAMES).every(([name, value]) => (query.get(name) ?? value) === value)
}

function projects(world: World, { query }: UpstreamRequest, id: string | undefined, more: readonly string[]): Answer {
  if (id === undefined) return json(isAskedProject(query) ? [PROJECT] : [])
  if (id !== IDS.project) return NOT_FOUND
  if (more.length === 0) return json(PROJECT)
  if (more.join('/') !== 'jobs') return NOT_FOUND
  const fault = faultOfJobQuery(query)
  return fault === null ? json(pageOfJobs(world, query)) : text(fault, 400)
}

function jobSearch(world: World, query: URLSearchParams): Answer {
  if (!isAskedProject(query)) return json([])
  const latest = Number(query.get('latest') ?? 10)
  const index = query.get('index')
  const chosen = world.jobs.filter((of) => index === null || String(of.index) === index).reverse()
  return json([{ project: PROJECT, jobs: chosen.slice(0, latest).map((of) => toJob(world, of)) }])
}

function job(world: World, id: string, more: readonly string[]): Answer {
  const found = world.jobs.find((of) => of.id === id)
  if (found === undefined) return NOT_FOUND
  const answers: Record<string, () => Answer> = {
    '': () => json(toJob(world, found)),
    evaluation: () => json(toEvaluation(world, found)),
    'derivations/failed': () => json(toFailureGraph(world, found)),
    'evaluation/log/lines': () => json(toEvaluationLog(world, found.evaluationId)),
    handlers: () => json({ jobId: id, onPush: { default: { name: 'default', isFlake: true } }, onSchedule: {} }),
  }
  const path = more.join('/')
  const base = /^evaluation\/compare\/(.+)$/.exec(path)?.[1]
  if (base !== undefined) return comparison(world, found, base)
  return answers[path]?.() ?? NOT_FOUND
}

function comparison(world: World, found: DemoJob, baseId: string): Answer {
  const base = world.jobs.find((of) => of.id === baseId)
  return base === undefined ? NOT_FOUND : json(toComparison(world, found, base))
}

function accounts(world: World, request: UpstreamRequest, id: string | undefined, more: readonly string[]): Answer {
  if (id === undefined) return json((request.query.get('name') ?? NAMES.account) === NAMES.account ? [ACCOUNT] : [])
  if (id !== IDS.account) return NOT_FOUND
  const [part, path, ...rest] = more
  const answers: Record<string, () => Answer> = {
    '': () => json(ACCOUNT),
    projects: () => json([PROJECT]),
    agentSessions: () => (request.headers.authorization === undefined ? text('', 401) : json(agentSessions(world))),
    derivations: () => derivation(world, request, path ?? '', rest.join('/')),
  }
  return answers[part ?? '']?.() ?? NOT_FOUND
}

function derivation(world: World, request: UpstreamRequest, path: string, part: string): Answer {
  const { query } = request
  const build = world.book.builds.get(path)
  if (build === undefined) return NOT_FOUND
  if (part === '') {
    const via = world.jobs.find((of) => of.id === query.get('via-job'))
    return json(toDerivationInfo(world, build, via === undefined ? null : toJob(world, via)))
  }
  return logOf(request, build, part)
}

function logOf({ query, headers }: UpstreamRequest, build: Build, part: string): Answer {
  if (part === 'log/lines' && !query.has('logId')) return text('logId is required', 400)
  const attempt = attemptOf(build, query.get('logId'))
  if (attempt === undefined) return NOT_FOUND
  const log = toLog(build, attempt)
  const lines = log.lines.filter((line) => line.i >= Number(query.get('iMin') ?? 0))
  if (part === 'log/lines') return json({ ...log, lines })
  if (part !== 'log') return NOT_FOUND
  const whole = `${log.lines.map((line) => line.t).join('\n')}\n`
  return headers.accept?.includes('json') ? json(whole) : text(whole)
}

const AGENTS = [
  { hostname: 'cuda-builder-01', tasks: 4, isAvailable: true },
  { hostname: 'cuda-builder-02', tasks: 2, isAvailable: true },
  { hostname: 'ml-workstation', tasks: 2, isAvailable: true },
  { hostname: 'lambda-quad', tasks: 4, isAvailable: false },
]

function agentSessions(world: World) {
  return AGENTS.map(({ hostname, tasks, isAvailable }, index) => ({
    id: uuidOf(`${world.seed}:session:${hostname}`),
    clusterJoinTokenId: uuidOf(`${world.seed}:token:${hostname}`),
    description: 'volunteer machine',
    hostname,
    agentVersion: AGENT_VERSION,
    nixVersion: '2.18.1',
    platforms: ['x86_64-linux', 'i686-linux'],
    systemFeatures: ['nixos-test', 'benchmark', 'big-parallel', 'kvm'],
    cachixPushCaches: ['cuda-maintainers'],
    pushCaches: ['cuda-maintainers'],
    substituters: ['https://cache.nixos.org', 'https://cuda-maintainers.cachix.org'],
    creation: stamp(world, world.clock - (index + 3) * 30 * 86_400_000),
    lastSeen: stamp(world, world.clock - (isAvailable ? 20_000 : 3 * 86_400_000)),
    revocation: null,
    available: isAvailable,
    concurrentTasks: tasks,
    labels: { agent: { source: 'nixpkgs' } },
  }))
}

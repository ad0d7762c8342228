import type { FaultBook } from './faults'
import { commitAnswer, compareAnswer } from './github-compare'
import { NAMES } from './hercules-jobs'
import { BRANCHES, type Branch, lockFileText, REF } from './locks'
import { digestOf } from './random'
import { type Answer, json, type ServeOptions, serve, text, type Upstream, type UpstreamRequest } from './serve'
import { headUpdateOf, shownTime, type World } from './world'

const HOUR_MS = 3_600_000
// Everybody has a token's limit, so that the demo fills at once, unless a test limits the anonymous.
const HOURLY = 5000
const ANONYMOUS_HOURLY = 60
const NOT_FOUND = json({ message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }, 404)

/** Starts the demo's GitHub: lock files of the CI repository, raw files, and nixpkgs' commits and heads. */
export function startGithub(world: World, options: ServeOptions = {}): Promise<Upstream> {
  return serve(world, (request, faults) => answer(world, request, faults), options)
}

function answer(world: World, request: UpstreamRequest, faults: FaultBook): Answer {
  const [first, ...rest] = request.segments
  if (first !== 'repos') return raw(world, request.segments)
  const left = request.headers.authorization === undefined ? faults.spend() : null
  const limit = left === null ? HOURLY : ANONYMOUS_HOURLY
  const reset = Math.floor((world.clock + world.shiftMs) / HOUR_MS + 1) * (HOUR_MS / 1000)
  const limits = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, left ?? limit - 1)),
    'x-ratelimit-reset': String(reset),
  }
  if (left !== null && left < 0)
    return withHeaders(json({ message: 'API rate limit exceeded for 127.0.0.1.' }, 403), limits)
  return withHeaders(conditional(request, repository(world, request, rest)), limits)
}

function withHeaders(of: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...of, headers: { ...of.headers, ...headers } }
}

/** GitHub's conditional requests: an ETag on every answer, and 304 when the caller has it. */
function conditional({ headers }: UpstreamRequest, of: Answer): Answer {
  if (of.status !== 200) return of
  const etag = `"${digestOf(of.body).toString('hex').slice(0, 40)}"`
  const isKnown = headers['if-none-match']?.split(/, */).some((tag) => tag.replace(/^W\//, '') === etag) ?? false
  return withHeaders(isKnown ? { ...of, status: 304 } : of, { etag })
}

function repository(world: World, request: UpstreamRequest, segments: readonly string[]): Answer {
  const [owner, name, part, ...rest] = segments
  const full = `${owner}/${name}`
  if (full === `${NAMES.account}/${NAMES.project}` && part === 'contents')
    return contents(world, request, rest.join('/'))
  if (full !== 'NixOS/nixpkgs') return NOT_FOUND
  if (part === 'commits') return commitAnswer(world, rest.join('/')) ?? commit(world, request, rest.join('/'))
  if (part === 'compare') return compareAnswer(world, rest.join('/'), request.query) ?? NOT_FOUND
  return part === 'git' && rest[0] === 'matching-refs' ? matchingRefs(world, rest.slice(1).join('/')) : NOT_FOUND
}

function lockAt(world: World, revision: string): string | null {
  const push = world.jobs.find((job) => job.push.ciRevision === revision)?.push
  return push === undefined
    ? null
    : lockFileText(push.update, push.branch, { layout: world.lockLayout, shiftMs: world.shiftMs })
}

function contents(world: World, { query, headers }: UpstreamRequest, path: string): Answer {
  const lock = path === 'flake.lock' ? lockAt(world, query.get('ref') ?? '') : null
  if (lock === null) return NOT_FOUND
  if (headers.accept?.includes('raw'))
    return { status: 200, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' }, body: lock }
  return json({
    type: 'file',
    encoding: 'base64',
    name: 'flake.lock',
    path,
    size: lock.length,
    content: Buffer.from(lock).toString('base64'),
  })
}

function raw(world: World, segments: readonly string[]): Answer {
  const [owner, name, revision, ...path] = segments
  const isLock = `${owner}/${name}` === `${NAMES.account}/${NAMES.project}` && path.join('/') === 'flake.lock'
  const lock = isLock ? lockAt(world, revision ?? '') : null
  return lock === null ? text('404: Not Found', 404) : text(lock)
}

/** The head of each upstream branch, as `commits/{ref}` shows it. */
function headOf(world: World, branch: Branch) {
  const pin = headUpdateOf(world, branch)?.pins[branch]
  if (pin === undefined) return null
  const person = { name: 'GitHub', email: 'noreply@github.com', date: shownTime(world, pin.at).replace('.000', '') }
  const message = `Merge pull request #${300_000 + (pin.at % 20_000)}`
  return { sha: pin.revision, commit: { author: person, committer: person, message }, parents: [] }
}

function commit(world: World, { headers }: UpstreamRequest, ref: string): Answer {
  const branch = BRANCHES.find((of) => REF[of] === ref)
  const head = branch === undefined ? null : headOf(world, branch)
  if (head === null) return json({ message: `No commit found for SHA: ${ref}`, status: '422' }, 422)
  return headers.accept?.includes('sha') ? text(head.sha) : json(head)
}

function matchingRefs(world: World, prefix: string): Answer {
  const refs = BRANCHES.map((branch) => ({
    ref: `refs/heads/${REF[branch]}`,
    object: { type: 'commit', sha: headOf(world, branch)?.sha },
  }))
  return json(refs.filter(({ ref }) => ref.startsWith(`refs/${prefix}`)))
}

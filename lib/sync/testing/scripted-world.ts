import 'server-only'
import { createHash } from 'node:crypto'
import type { Cache, PathAnswer } from '@/lib/caches/cache'
import { derivationName, parseStorePath } from '@/lib/domain/derivation-name'
import { type Judgement, judge, type Status } from '@/lib/domain/status'
import { UpstreamError, type UpstreamErrorKind } from '@/lib/net/errors'
import type { FailureNode, ListedRun, ObservedResult, RunState, Source } from '@/lib/sources/source'
import type { Adapters } from '@/lib/sync/adapters'

export interface ScriptedResult {
  readonly path: readonly string[]
  readonly status: Status
  readonly derivation?: string | null
  readonly judgement?: Judgement
  readonly error?: ObservedResult['error']
}

/** A run as a test writes it down; what it leaves out is ordinary. Started `number` hours after the world began. */
export interface ScriptedRun {
  readonly number: number
  readonly handler?: string
  readonly ref?: string | null
  readonly jobName?: string | null
  readonly revision?: string
  readonly state?: RunState
  readonly finishedAt?: Date | null
  readonly rerunOf?: number
  readonly results?: readonly ScriptedResult[]
  readonly error?: string
  readonly failures?: readonly FailureNode[]
}

/** What an upstream of a test answers, and what it was asked. Tests change it between syncs. */
export interface ScriptedWorld {
  clock: Date
  runs: ScriptedRun[]
  /** By start of what is asked, such as `evaluation 7`: the fault that is met. */
  readonly faults: Map<string, UpstreamErrorKind>
  readonly requests: string[]
  /** Called with each question before it is answered. */
  onRequest: (question: string) => Promise<void>
  /** Present state of derivations, by store path; `succeeded` where nothing is said. */
  readonly derivations: Map<string, Status>
  /** What the cache holds, by store path of the output. */
  readonly narinfos: Map<string, 'signed' | 'forged' | 'forbidden' | 'html'>
  /** Where the bulk question says otherwise than the narinfos. */
  readonly bulkOnly: Set<string>
  /** What the cache with a bulk question publishes. */
  publishedKeys: string[]
  /** By revision of the CI repository; a lock file that pins something where nothing is said. */
  readonly locks: Map<string, { revision: string; ref: string | null } | { reason: string } | 'missing'>
  readonly heads: Map<string, string>
  pageSize: number
  /** Of the listing: items that do not parse, by page. */
  readonly badItems: Map<number, string>
}

const BEGIN_MS = Date.parse('2026-01-01T00:00:00Z')
export const HOUR_MS = 3_600_000
/** The time that `runs` of a scripted world start at. */
export const startOf = (number: number): Date => new Date(BEGIN_MS + number * HOUR_MS)

export function scriptedWorld(runs: readonly ScriptedRun[] = []): ScriptedWorld {
  return {
    clock: startOf(100),
    runs: [...runs],
    faults: new Map(),
    requests: [],
    onRequest: async () => {},
    derivations: new Map(),
    narinfos: new Map(),
    bulkOnly: new Set(),
    publishedKeys: ['key-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    locks: new Map(),
    heads: new Map(),
    pageSize: 100,
    badItems: new Map(),
  }
}

const NIX32 = '0123456789abcdfghijklmnpqrsvwxyz'

function storePath(name: string): string {
  const bytes = createHash('sha256').update(name).digest()
  const digest = [...bytes].map((byte) => NIX32[byte % 32]).join('')
  return `/nix/store/${digest}-${name}`
}

/** The derivation of a package, and the one output that it has. */
export const drv = (name: string, version = '1.0'): string => storePath(`${name}-${version}.drv`)
export const outputOf = (derivation: string): string => storePath(derivationName(derivation))

/** Results by package name, each of a derivation of its own. */
export function builds(statuses: Readonly<Record<string, Status>>, version = '1.0'): ScriptedResult[] {
  return Object.entries(statuses).map(([name, status]) => ({ path: [name], status, derivation: drv(name, version) }))
}

/** An attribute that does not evaluate. */
export function faulty(name: string, message: string, derivation: string | null = null): ScriptedResult {
  const error = { message, type: 'BuildException', derivation }
  return { path: [name], status: 'evaluation-failed', derivation: null, error }
}

/** The world as adapters of the sync: a source `ci`, its lock files, heads, and a cache with a bulk question. */
export function adaptersOf(world: ScriptedWorld, caches: readonly string[] = ['bulk']): Adapters {
  return {
    sources: [sourceOf(world)],
    caches: caches.map((id) => cacheOf(world, id)),
    locks: new Map([['ci', { readLock: (revision, input) => readLock(world, revision, input) }]]),
    upstream: {
      readBranchHead: async (ref) => {
        await ask(world, `head ${ref}`)
        const revision = world.heads.get(ref)
        return revision === undefined ? 'absent' : { revision, date: startOf(90), etag: null }
      },
    },
  }
}

/** Notes the question, or meets the fault that was laid for it. */
async function ask(world: ScriptedWorld, question: string): Promise<void> {
  world.requests.push(question)
  await world.onRequest(question)
  const fault = [...world.faults].find(([start]) => `${question} `.startsWith(`${start} `))
  if (fault === undefined) return
  const retryAt = fault[1] === 'rate-limited' ? { retryAt: new Date(world.clock.getTime() + HOUR_MS) } : {}
  throw new UpstreamError(fault[1], `scripted:${question}`, `scripted ${fault[1]}`, retryAt)
}

function runOf(world: ScriptedWorld, externalId: string): ScriptedRun {
  const run = world.runs.find(({ number }) => idOf(number) === externalId)
  if (run === undefined) throw new UpstreamError('not-found', externalId, 'no such run')
  return run
}

/** The id of a run at its source. */
export const idOf = (number: number): string => `run-${number}`

function sourceOf(world: ScriptedWorld): Source {
  return {
    id: 'ci',
    listRuns: async (cursor) => {
      await ask(world, `list ${cursor ?? 'newest'}`)
      const from = Number(cursor ?? 0)
      const newest = world.runs.toSorted((a, b) => b.number - a.number)
      const bad = world.badItems.get(from)
      return {
        runs: newest.slice(from, from + world.pageSize).map(toListed),
        faults: bad === undefined ? [] : [{ address: 'scripted:item', reason: bad }],
        next: from + world.pageSize < newest.length ? String(from + world.pageSize) : null,
      }
    },
    readRun: async (id) => {
      await ask(world, `run ${id}`)
      return toListed(runOf(world, id))
    },
    readEvaluation: async (id) => {
      await ask(world, `evaluation ${id}`)
      const run = runOf(world, id)
      const results = (run.results ?? []).map((result) => toObserved(world, result))
      const paths = results.flatMap(({ derivation }) => derivation ?? [])
      const own = new Map((run.results ?? []).map(({ derivation, status }) => [derivation, status]))
      const derivations = paths.map(
        (path) => [path, world.derivations.get(path) ?? own.get(path) ?? 'unknown'] as const,
      )
      return { results, error: run.error ?? null, derivations: new Map(derivations) }
    },
    readFailures: async (id) => {
      await ask(world, `failures ${id}`)
      return runOf(world, id).failures ?? []
    },
    readDerivation: async (path) => {
      await ask(world, `derivation ${derivationName(path)}`)
      const status = world.derivations.get(path) ?? statusOf(world, path)
      const outputs = [{ name: 'out', path: outputOf(path), narSize: 1 }]
      return { status, system: 'x86_64-linux', requiredSystemFeatures: [], outputs, inputs: [], attempts: [] }
    },
  }
}

/** A derivation's state is the present one, whichever run is asked. */
function toObserved(world: ScriptedWorld, result: ScriptedResult): ObservedResult {
  const { path, status, derivation = null, judgement = 'regular', error = null } = result
  const present = derivation === null ? status : (world.derivations.get(derivation) ?? status)
  return { path, judgement, status: judge(present, judgement), derivation, error }
}

function statusOf(world: ScriptedWorld, path: string): Status {
  const results = world.runs.flatMap((run) => run.results ?? [])
  return results.findLast(({ derivation }) => derivation === path)?.status ?? 'unknown'
}

function toListed(run: ScriptedRun): ListedRun {
  const { number, state = 'finished', ref = 'nixos-unstable', jobName = null } = run
  const isOver = state === 'finished' || state === 'failed' || state === 'cancelled'
  return {
    externalId: idOf(number),
    index: number,
    handler: run.handler ?? 'OnPush/default',
    ref,
    jobName,
    ciRevision: run.revision ?? `revision-${number}`,
    state,
    isEvaluating: state === 'running',
    startedAt: startOf(number),
    finishedAt: run.finishedAt === undefined ? (isOver ? startOf(number + 0.5) : null) : run.finishedAt,
    rerunOf: run.rerunOf === undefined ? null : idOf(run.rerunOf),
    rerunOfIndex: run.rerunOf ?? null,
    url: `https://ci.example/${number}`,
  }
}

async function readLock(world: ScriptedWorld, revision: string, input: string) {
  await ask(world, `lock ${revision} ${input}`)
  const lock = world.locks.get(revision) ?? { revision: `nixpkgs of ${revision}`, ref: null }
  if (lock === 'missing') throw new UpstreamError('not-found', `scripted:lock ${revision}`, 'no flake.lock')
  if ('reason' in lock)
    return { kind: 'unreadable' as const, address: `scripted:lock ${revision}`, reason: lock.reason }
  return { kind: 'locked' as const, ...lock, date: startOf(1), owner: null, repo: null }
}

function cacheOf(world: ScriptedWorld, id: string): Cache {
  const holds = (digest: string) =>
    [...world.narinfos.keys(), ...world.bulkOnly].some((path) => parseStorePath(path)?.digest === digest)
  return {
    id,
    askMissing:
      id !== 'bulk'
        ? null
        : async (digests) => {
            await ask(world, `bulk ${digests.length}`)
            return new Set(digests.filter((digest) => !holds(digest)))
          },
    readInfo: async () => {
      await ask(world, `info ${id}`)
      return { storeDir: '/nix/store', priority: 40, wantMassQuery: true }
    },
    readPublishedKeys:
      id !== 'bulk'
        ? null
        : async () => {
            await ask(world, `keys ${id}`)
            return world.publishedKeys
          },
    askPath: async (path) => {
      await ask(world, `narinfo ${parseStorePath(path)?.name}`)
      return pathAnswer(world.narinfos.get(path))
    },
  }
}

function pathAnswer(held: 'signed' | 'forged' | 'forbidden' | 'html' | undefined): PathAnswer {
  if (held === undefined) return { kind: 'absent' }
  if (held === 'forbidden') return { kind: 'forbidden' }
  if (held === 'html') return { kind: 'unreachable', reason: 'a page for people instead of a narinfo' }
  const isTrusted = held === 'signed'
  return {
    kind: 'present',
    narinfo: {
      isTrusted,
      reason: isTrusted ? null : 'no signature by a configured key',
      signature: isTrusted ? 'valid' : 'invalid',
      signedBy: isTrusted ? 'key-1' : null,
      narSize: 10,
      fileSize: 5,
    },
  }
}

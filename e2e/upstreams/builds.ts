import type { DemoDerivation } from './derivations'
import { between, pick, uuidOf } from './random'

const MINUTE_MS = 60_000
const HOSTS = ['cuda-builder-01', 'cuda-builder-02', 'ml-workstation', 'lambda-quad'] as const

export type BuildState = 'Waiting' | 'Building' | 'BuildFailure' | 'DependencyFailure' | 'BuildSuccess' | 'Cancelled'

/** One attempt at a build; times are real, not shifted. */
export interface Attempt {
  readonly queuedAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly state: BuildState
  readonly host: string
  readonly logId: string
  readonly technicalError: string | null
}

/** What became of a derivation so far. It belongs to the account, not to a job. */
export interface Build {
  readonly derivation: DemoDerivation
  readonly attempts: readonly Attempt[]
  /** State of the last attempt. */
  readonly state: BuildState
}

/** The builds of the account, by derivation path. */
export interface BuildBook {
  readonly seed: string
  readonly builds: Map<string, Build>
}

/** Present state of a derivation; `Waiting` for one that nobody asked for yet. */
export function stateOf(book: BuildBook, path: string): BuildState {
  return book.builds.get(path)?.state ?? 'Waiting'
}

/** When the last attempt ended; `otherwise` where it has not. */
export function endOf(book: BuildBook, path: string, otherwise: number): number {
  return book.builds.get(path)?.attempts.at(-1)?.endedAt ?? otherwise
}

/** Builds a derivation whose inputs were built already, unless that was done. `isRetry` tries a machine's failure again. */
export function buildOne(book: BuildBook, derivation: DemoDerivation, queuedAt: number, isRetry: boolean): void {
  const known = book.builds.get(derivation.path)
  if (known !== undefined && !needsBuild(known, isRetry)) return
  record(book, derivation, attempt(book, derivation, queuedAt))
}

/** Cancels what has not been built yet. */
export function cancelOne(book: BuildBook, derivation: DemoDerivation, queuedAt: number, cancelledAt: number): void {
  if (book.builds.has(derivation.path)) return
  record(book, derivation, { ...unstarted(book, derivation, queuedAt), state: 'Cancelled', endedAt: cancelledAt })
}

/** Builds as far as a running job has come by `until`: what would end later is still building or waiting. */
export function buildPartly(book: BuildBook, derivation: DemoDerivation, queuedAt: number, until: number): void {
  if (book.builds.has(derivation.path)) return
  const complete = attempt(book, derivation, queuedAt)
  const isBlocked = derivation.inputs.some((input) => isUnfinished(stateOf(book, input.path)))
  if (complete.state === 'DependencyFailure' || (!isBlocked && (complete.endedAt ?? until) <= until)) {
    record(book, derivation, complete)
    return
  }
  const waiting = { ...complete, startedAt: null, endedAt: null, state: 'Waiting' as const }
  const isStarted = !isBlocked && (complete.startedAt ?? until) < until
  record(book, derivation, isStarted ? { ...waiting, state: 'Building', startedAt: complete.startedAt } : waiting)
}

/** Ends a build that waits or runs, at the given time. */
export function finishOne(book: BuildBook, derivation: DemoDerivation, at: number): void {
  const known = book.builds.get(derivation.path)
  const last = known?.attempts.at(-1)
  if (known === undefined || last === undefined || !isUnfinished(known.state)) return
  const state = outcome(book, derivation, known.attempts.length - 1)
  const startedAt = state === 'DependencyFailure' ? null : (last.startedAt ?? at - MINUTE_MS)
  const attempts = [...known.attempts.slice(0, -1), { ...last, state, startedAt, endedAt: at }]
  book.builds.set(derivation.path, { derivation, state, attempts })
}

/** A person retried the build and it succeeded; what only waited for it succeeds too. False for an unknown derivation. */
export function retryBuild(book: BuildBook, path: string, at: number): boolean {
  const build = book.builds.get(path)
  if (build === undefined) return false
  succeed(book, build, at)
  // Insertion order is build order, so one pass frees every level.
  for (const other of book.builds.values()) {
    const isFreed = other.derivation.inputs.every((input) => stateOf(book, input.path) === 'BuildSuccess')
    if (other.state === 'DependencyFailure' && isFreed) succeed(book, other, at)
  }
  return true
}

function succeed(book: BuildBook, build: Build, at: number): void {
  const started = { ...unstarted(book, build.derivation, at), startedAt: at, endedAt: at + MINUTE_MS }
  record(book, build.derivation, { ...started, state: 'BuildSuccess' })
}

function record(book: BuildBook, derivation: DemoDerivation, last: Attempt): void {
  const attempts = [...(book.builds.get(derivation.path)?.attempts ?? []), last]
  book.builds.set(derivation.path, { derivation, attempts, state: last.state })
}

function outcome(book: BuildBook, derivation: DemoDerivation, attemptNumber: number): BuildState {
  if (derivation.inputs.some((input) => isFailed(stateOf(book, input.path)))) return 'DependencyFailure'
  const { incident } = derivation
  if (incident === null || incident.kind === 'change') return 'BuildSuccess'
  return incident.kind === 'flaky' && attemptNumber > 0 ? 'BuildSuccess' : 'BuildFailure'
}

function keyOf(book: BuildBook, derivation: DemoDerivation): string {
  return `${book.seed}:${derivation.path}:${book.builds.get(derivation.path)?.attempts.length ?? 0}`
}

function unstarted(book: BuildBook, derivation: DemoDerivation, queuedAt: number): Attempt {
  const key = keyOf(book, derivation)
  const [host, logId] = [pick(`${key}:host`, HOSTS), uuidOf(`${key}:log`)]
  return { queuedAt, startedAt: null, endedAt: null, state: 'Waiting', host, logId, technicalError: null }
}

function attempt(book: BuildBook, derivation: DemoDerivation, queuedAt: number): Attempt {
  const key = keyOf(book, derivation)
  const base = unstarted(book, derivation, queuedAt)
  const state = outcome(book, derivation, book.builds.get(derivation.path)?.attempts.length ?? 0)
  const inputsEnd = Math.max(queuedAt, ...derivation.inputs.map((input) => endOf(book, input.path, queuedAt)))
  if (state === 'DependencyFailure') return { ...base, state, endedAt: inputsEnd + 2000 }
  const startedAt = Math.round(inputsEnd + between(`${key}:wait`, 0.2, 4) * MINUTE_MS)
  const share = state === 'BuildSuccess' ? between(`${key}:pace`, 0.45, 0.65) : between(`${key}:pace`, 0.1, 0.5)
  const endedAt = Math.round(startedAt + derivation.spec.minutes * share * MINUTE_MS)
  const isTechnical = state === 'BuildFailure' && derivation.incident?.kind === 'flaky'
  return { ...base, state, startedAt, endedAt, technicalError: isTechnical ? 'Worker failed: ExitFailure (-9)' : null }
}

function isFailed(state: BuildState): boolean {
  return state === 'BuildFailure' || state === 'DependencyFailure' || state === 'Cancelled'
}

function isUnfinished(state: BuildState): boolean {
  return state === 'Waiting' || state === 'Building'
}

function needsBuild(build: Build, isRetry: boolean): boolean {
  if (build.state === 'Cancelled') return true
  return isRetry && build.state === 'BuildFailure' && build.attempts.at(-1)?.technicalError !== null
}

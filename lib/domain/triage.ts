import { parseDrvName } from './derivation-name'
import type { Presence } from './presence'
import { type Health, healthOf, type Status } from './status'

/** What people say of a root cause. `new`: nobody has looked at it yet, or not since it came back. */
export const TRIAGE_STATES = ['new', 'acknowledged', 'being-fixed', 'upstream-issue', 'wont-fix'] as const
export type TriageState = (typeof TRIAGE_STATES)[number]

/** Characters of a note, at most. */
export const NOTE_MAX = 4_000
/** Characters of an issue's address, at most. */
export const ISSUE_URL_MAX = 2_000

/** A state behind a stored word; a word of a later version reads as `new`: nobody is taken to be on it. */
export function triageStateOf(word: string): TriageState {
  return TRIAGE_STATES.find((state) => state === word) ?? 'new'
}

/** What a cause is: a build that fails, a message of what does not evaluate, a cache that has thrown out what was ready. */
export const CAUSE_KINDS = ['build', 'evaluation', 'eviction'] as const
export type CauseKind = (typeof CAUSE_KINDS)[number]

/** A kind behind a stored word; a word of a later version reads as `build`. */
export function causeKindOf(word: string): CauseKind {
  return CAUSE_KINDS.find((kind) => kind === word) ?? 'build'
}

/** What tells one cause from another over evaluations, versions and branches. */
export interface CauseSignature {
  readonly kind: CauseKind
  /** The derivation's name without version; of what does not evaluate, the masked message; of evictions, the cache. */
  readonly name: string
  /** The system that it is built for; "" where that is unknown, or does not matter as nothing was built. */
  readonly system: string
}

/** The signature of a stored root cause. `name` is the derivation's with version, or the masked message. */
export function signatureOf(cause: { derivation: string | null; name: string }, system: string | null): CauseSignature {
  if (cause.derivation === null) return { kind: 'evaluation', name: cause.name, system: '' }
  return { kind: 'build', name: parseDrvName(cause.name).name, system: system ?? '' }
}

/** The signature of what a cache has evicted: its garbage collection is one cause, whatever it takes. */
export function evictionSignature(cache: string): CauseSignature {
  return { kind: 'eviction', name: cache, system: '' }
}

/** One text per signature. */
export function signatureText({ kind, name, system }: CauseSignature): string {
  return JSON.stringify([kind, name, system])
}

/**
 * The signature with the system that others state for the same name, where it states none itself and they agree: some
 * layouts of attributes name no system, and it becomes known later.
 */
export function withKnownSystem(signature: CauseSignature, others: Iterable<CauseSignature>): CauseSignature {
  if (signature.kind !== 'build' || signature.system !== '') return signature
  const systems = new Set<string>()
  for (const { kind, name, system } of others) {
    if (kind === 'build' && name === signature.name && system !== '') systems.add(system)
  }
  const [system, ...more] = systems
  return system === undefined || more.length > 0 ? signature : { ...signature, system }
}

/** The cell that a cause had broken, as it is now. */
export interface CellNow {
  readonly status: Status
  /** Broken, and it is known because of what. */
  readonly hasKnownCause: boolean
  /** There is a result of its own; not so where the evaluation failed as a whole. */
  readonly hasOwnResult: boolean
  /** What the caches say of what is needed of it. */
  readonly presence: Presence
}

/**
 * Does the cell that had a cause show that it is gone? A cell that is no longer there does (null). One that is
 * unfinished says nothing; nor does one whose cause is not known yet, or, of a build, an evaluation that failed as a
 * whole: there it was not tried.
 */
export function isCauseGone(kind: CauseKind, cell: CellNow | null): boolean {
  if (cell === null || cell.status === 'absent') return true
  if (kind === 'eviction') return isEvictionGone(cell)
  const byHealth: Record<Health, boolean> = {
    good: true,
    undecided: false,
    broken: cell.hasKnownCause && (cell.hasOwnResult || kind === 'evaluation'),
  }
  return byHealth[healthOf(cell.status)]
}

/** A cache that does not answer, or was not asked, does not tell that the output is back. */
function isEvictionGone({ status, presence, hasOwnResult }: CellNow): boolean {
  const health = healthOf(status)
  // Where the evaluation failed as a whole nothing else was built in its place.
  if (health !== 'good') return health === 'broken' && hasOwnResult
  return presence !== 'unreachable' && presence !== 'unchecked'
}

/** How far the triage of one cause is. Times in milliseconds since 1970. */
export interface TriageLife {
  readonly state: TriageState
  readonly openedMs: number
  /** When it was found gone; null while it breaks something. */
  readonly closedMs: number | null
  readonly reopenedMs: number | null
  /** How often it has come back. */
  readonly reopened: number
}

/**
 * The life after one more look: opened when the cause is first seen, unchanged while it stays, closed when it is gone,
 * and reopened as `new` when it returns. The same object when nothing changes; null while it was never seen.
 */
export function followCause(life: TriageLife | null, isFailing: boolean, nowMs: number): TriageLife | null {
  if (life === null) {
    return isFailing ? { state: 'new', openedMs: nowMs, closedMs: null, reopenedMs: null, reopened: 0 } : null
  }
  if (isFailing === (life.closedMs === null)) return life
  if (!isFailing) return { ...life, closedMs: nowMs }
  return { ...life, state: 'new', closedMs: null, reopenedMs: nowMs, reopened: life.reopened + 1 }
}

export interface Severity {
  /** Headline packages and packages that it blocks. */
  readonly headlines: number
  readonly blocks: number
  /** Since when; null where that is unknown. */
  readonly sinceMs: number | null
  readonly name: string
  /** Tells apart what has the same name. */
  readonly id: string
}

/** Worst first: most headline packages, then most packages, then the longest standing, then by name. A total order. */
export function compareSeverity(a: Severity, b: Severity): number {
  return (
    b.headlines - a.headlines ||
    b.blocks - a.blocks ||
    compareSince(a.sinceMs, b.sinceMs) ||
    compareText(a.name, b.name) ||
    compareText(a.id, b.id)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareSince(a: number | null, b: number | null): number {
  if (a === b) return 0
  if (a === null) return 1
  return b === null ? -1 : a - b
}

import type { Presence } from './presence'
import type { Status } from './status'

/** Why a store path is, or is not, in the caches; those that a reader can act on first. */
export const VERDICTS = [
  'untrusted',
  'evicted',
  'not-built',
  'never-cached',
  'unreachable',
  'unchecked',
  'other-variant',
  'other-revision',
  'cached',
  'not-in-set',
] as const
export type Verdict = (typeof VERDICTS)[number]

export interface PathFacts {
  /** The best that the caches say; of a derivation, of the worst output that a user downloads. */
  readonly presence: Presence
  /** What became of it where an evaluation has this very path; null: none has. */
  readonly status: Status | null
  /** Does an evaluation have a package of this name, of the same version or another one? Null: none has. */
  readonly nearest: 'same-version' | 'other-version' | null
  /** Needed by something that an evaluation has. */
  readonly isDependency: boolean
}

/**
 * The one reason. What a cache holds, or held, comes first; then what became of the build; then what comes nearest.
 * Only `cached` presence is called cached, and a cache that does not answer never hides that a build failed.
 */
export function verdictOf(facts: PathFacts): Verdict {
  const { presence, status } = facts
  if (presence === 'cached' || presence === 'untrusted' || presence === 'evicted') return presence
  if (status === null) return verdictOfForeign(facts)
  if (status !== 'succeeded') return 'not-built'
  return presence === 'missing' ? 'never-cached' : presence
}

function verdictOfForeign({ presence, nearest, isDependency }: PathFacts): Verdict {
  if (nearest !== null) return nearest === 'same-version' ? 'other-variant' : 'other-revision'
  if (presence === 'unreachable') return presence
  return isDependency && presence === 'unchecked' ? 'unchecked' : 'not-in-set'
}

const WORDS: Readonly<Record<Verdict, string>> = {
  cached: 'cached',
  untrusted: 'untrusted',
  evicted: 'evicted',
  'not-built': 'not built',
  'never-cached': 'built, never cached',
  unreachable: 'cache unreachable',
  unchecked: 'not checked yet',
  'other-variant': 'another variant',
  'other-revision': 'another revision',
  'not-in-set': 'not in this set',
}

/** The verdict in two or three words, for people. */
export function verdictWord(verdict: Verdict): string {
  return WORDS[verdict]
}

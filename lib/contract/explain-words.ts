import type { Verdict } from '@/lib/domain/explain'
import type { Presence } from '@/lib/domain/presence'
import type { Status } from '@/lib/domain/status'
import type { ExplainedCache, ExplainedPath, Nearest } from './explain'

/** What is known of a path, before it is put into words. */
export interface Explainable extends Omit<ExplainedPath, 'reason' | 'next'> {
  readonly isDependency: boolean
}

interface Words {
  /** Why, in a sentence or two. */
  readonly reason: string
  /** What to do next. */
  readonly next: string
}

/** Why a path is, or is not, in the caches, and what to do next: plain sentences with the names and times that they stand on. */
export function explainWords(facts: Explainable): Words {
  return WORDS[facts.verdict](facts)
}

const WORDS: Readonly<Record<Verdict, (facts: Explainable) => Words>> = {
  cached: (facts) => ({ reason: `In ${andList(holdersOf(facts).map(holderWords))}.`, next: nextOfCached(facts) }),
  untrusted: ({ caches }) => ({
    reason: `A copy that is not to be trusted is in ${andList(saying(caches, 'untrusted').map(({ id, reason }) => `${id}${reason === null ? '' : `: ${reason}`}`))}.`,
    next: 'Do not use that copy: Nix refuses it too. Tell the people who run the cache, and build it or pin another revision.',
  }),
  evicted: ({ caches }) => ({
    reason: `It was in ${andList(saying(caches, 'evicted').map(evictedWords))}: the cache has made room since.`,
    next: 'Pin a revision whose outputs are still there, or build it.',
  }),
  'not-built': toNotBuilt,
  'never-cached': ({ caches }) => ({
    reason: `The CI has built it, but it was never seen in ${andList(saying(caches, 'missing').map(({ id, checkedAt }) => `${id}${askedWords(checkedAt)}`))}.`,
    next: 'The upload may be late: ask again in a while. If it stays missing, pin another revision or build it.',
  }),
  unreachable: ({ caches, status }) => ({
    reason: [
      ...saying(caches, 'unreachable').map(unreachableWords),
      ...(status === null ? ['No evaluation here has this path.'] : ['The CI has built it.']),
    ].join(' '),
    next: 'Ask again later. Until the cache answers, expect Nix to build it.',
  }),
  unchecked: toUnchecked,
  'other-variant': (facts) => toNearest(facts, 'from other inputs, so that its hash is another one'),
  'other-revision': (facts) => toNearest(facts, null),
  'not-in-set': ({ caches, isDependency, name }) => ({
    reason: `${isDependency ? 'It is needed by what is built here, but is no attribute of it' : `No evaluation here has a package named ${name}`}. ${heldNowhere(caches)}`,
    next: 'What nixpkgs builds for everybody comes from cache.nixos.org; what your own configuration changes is built by you.',
  }),
}

const PIN_WHEN_BROKEN = 'Its page tells why and since when; pin the last revision that was ready.'
const PIN_OR_BUILD = 'Pin the last revision that was ready, or build it.'
const PIN_OR_WAIT = 'Wait, and ask again; or pin the last revision that was ready.'

function toNotBuilt({ status, rootCauses }: Explainable): Words {
  const [first] = rootCauses
  if (status === 'dependency-failed' && first !== undefined) {
    const others = rootCauses.length > 1 ? ` and ${rootCauses.length - 1} more` : ''
    return { reason: `The CI could not build it: ${first.name}${others} failed before it.`, next: PIN_WHEN_BROKEN }
  }
  return NOT_BUILT[status ?? 'unknown']
}

const UNTOLD: Words = { reason: 'The CI does not say whether it was built.', next: PIN_OR_BUILD }
const NOT_BUILT: Readonly<Record<Status, Words>> = {
  failed: { reason: 'The CI tried to build it, and it failed.', next: PIN_WHEN_BROKEN },
  'dependency-failed': { reason: 'The CI could not build it: a dependency failed before it.', next: PIN_WHEN_BROKEN },
  'timed-out': { reason: 'The CI ran out of time building it.', next: PIN_WHEN_BROKEN },
  'evaluation-failed': { reason: 'It does not evaluate, so that nothing was built.', next: PIN_WHEN_BROKEN },
  building: { reason: 'The CI is building it now.', next: PIN_OR_WAIT },
  queued: { reason: 'The CI has it in its queue.', next: PIN_OR_WAIT },
  cancelled: { reason: 'The CI cancelled its build.', next: PIN_OR_BUILD },
  unknown: UNTOLD,
  succeeded: UNTOLD,
  absent: UNTOLD,
}

function toUnchecked({ isDependency, caches, path }: Explainable): Words {
  if (isDependency) {
    return {
      reason: 'It is needed by what is built here, but is no attribute of it: its outputs are not known here.',
      next: 'Paste the store path of its output: caches can be asked for that.',
    }
  }
  if (caches.length === 0) {
    const next = path.endsWith('.drv') ? 'The next syncs read its outputs; or paste their store paths.' : ''
    return { reason: 'The CI has built it, but its outputs are not known yet.', next }
  }
  const gone = saying(caches, 'evicted').map(({ id }) => ` ${id} had it once.`)
  const unasked = andList(saying(caches, 'unchecked').map(({ id }) => id))
  return { reason: `The CI has built it. Not asked yet: ${unasked}.${gone.join('')}`, next: 'Ask the caches now.' }
}

function nextOfCached({ list, path }: Explainable): string {
  if (list === 'fetch') return 'Nothing to do: Nix fetches it.'
  const set = 'configure that cache and its key, as the caches page shows them'
  if (list === 'build')
    return `Your Nix would build it, so it does not ask that cache or does not trust its key: ${set}.`
  if (list === 'unknown') return `Your Nix did not find it, so it does not ask that cache: ${set}.`
  return path.endsWith('.drv') ? `Nix fetches its outputs: ${set}.` : `Nix fetches it: ${set}.`
}

const COMPARISON: Readonly<Record<Nearest['comparison'], string>> = {
  older: 'an older version',
  same: 'the same version',
  newer: 'a newer version',
}

function toNearest({ nearest, caches }: Explainable, why: string | null): Words {
  if (nearest === null) return { reason: heldNowhere(caches), next: '' }
  const { name, comparison, branch, evaluation, isCached, variant } = nearest
  const as = variant === null ? '' : ` as ${variant}`
  const revision = evaluation.nixpkgsRevision?.slice(0, 8) ?? 'of a revision that is not known'
  const at = evaluation.nixpkgsDate ?? evaluation.startedAt
  const held = isCached ? 'and it is in a cache' : 'and it is not in full in a cache'
  return {
    reason: `Nearest here is ${name}${as} on ${branch}, ${why ?? COMPARISON[comparison]}: nixpkgs ${revision} from ${at.slice(0, 10)}, ${held}. ${heldNowhere(caches)}`,
    next:
      comparison === 'same'
        ? 'For the same hash take the same nixpkgs revision and the same settings: system, config.cudaSupport, cudaCapabilities, overlays, Python.'
        : `${isCached ? 'Pin that nixpkgs revision to download it' : 'See which revision of it can be pinned'}, or build yours.`,
  }
}

/** What is known of a path that no evaluation has: not more than the caches were asked. */
function heldNowhere(caches: readonly ExplainedCache[]): string {
  if (caches.length === 0) return 'Its outputs are not known here, so no cache was asked for them.'
  const silent = saying(caches, 'unreachable')
  if (silent.length > 0) return silent.map(unreachableWords).join(' ')
  const gone = saying(caches, 'missing')
  const isAskedEverywhere = gone.length === caches.length
  if (isAskedEverywhere)
    return `The path you have is in no cache that is configured here${askedWords(gone[0]?.checkedAt ?? null)}.`
  return 'Not every cache was asked for the path you have.'
}

function saying(caches: readonly ExplainedCache[], presence: Presence): ExplainedCache[] {
  return caches.filter((cache) => cache.presence === presence)
}

function holdersOf({ caches }: Explainable): ExplainedCache[] {
  return saying(caches, 'cached')
}

function holderWords({ id, signedBy, checkedAt }: ExplainedCache): string {
  return `${id}, ${signedBy === null ? 'proven by its content' : `signed by ${signedBy}`}${askedWords(checkedAt)}`
}

function evictedWords({ id, lastSeenAt, missingSince }: ExplainedCache): string {
  const seen = lastSeenAt === null ? '' : `, last seen ${timeWords(lastSeenAt)}`
  return `${id}${seen}${missingSince === null ? '' : `, found gone ${timeWords(missingSince)}`}`
}

function unreachableWords({ id, reason, last }: ExplainedCache): string {
  const known = last === null ? '' : ` It last said “${last.presence}”, on ${timeWords(last.checkedAt)}.`
  return `${id} does not answer${reason === null ? '' : `: ${reason.replace(/\.$/, '')}`}.${known}`
}

function askedWords(checkedAt: string | null): string {
  return checkedAt === null ? '' : ` (asked ${timeWords(checkedAt)})`
}

function timeWords(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}

function andList(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join('; ')}; and ${parts.at(-1)}`
}

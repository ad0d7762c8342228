import { ageWords } from './age'
import { type CellFacts, cellWord, type Mark } from './cell-word'
import type { Freshness } from './freshness'
import { type Standing, standingOf } from './standing'

/** What a badge's colour tells; green is `good` alone. */
export const TONES = ['good', 'part', 'bad', 'lost', 'busy', 'idle'] as const
export type Tone = (typeof TONES)[number]

/** White text on each has a contrast of 4.5:1 at least, and each stands out from the grey of the label. */
export const TONE_COLORS: Record<Tone, string> = {
  good: '#0a7a53',
  part: '#8f6200',
  bad: '#c22f1c',
  lost: '#7040c9',
  busy: '#1765c4',
  idle: '#6f7782',
}

export interface BadgeWord {
  readonly word: string
  readonly tone: Tone
  readonly standing: Standing
  /** When the facts behind it were made; null when unknown. */
  readonly finishedAt: string | null
}

/** One place of the matrix, as far as a badge needs it. */
export interface PlaceFacts {
  /** Null: the branch has no cell of the package. */
  readonly cell: CellFacts | null
  readonly freshness: Freshness['freshness']
  /** When the evaluation that decides the cell finished, ISO 8601. */
  readonly finishedAt: string | null
}

const BY_MARK: Record<Mark, { word: string; tone: Tone }> = {
  ready: { word: 'passing', tone: 'good' },
  'built-not-cached': { word: 'passing, not cached', tone: 'part' },
  'built-evicted': { word: 'passing, evicted', tone: 'part' },
  'built-untrusted': { word: 'passing, untrusted cache', tone: 'bad' },
  'built-unknown': { word: 'passing, cache unknown', tone: 'idle' },
  failed: { word: 'failing', tone: 'bad' },
  blocked: { word: 'broken dependency', tone: 'bad' },
  'timed-out': { word: 'timed out', tone: 'bad' },
  'evaluation-failed': { word: 'does not evaluate', tone: 'lost' },
  building: { word: 'building', tone: 'busy' },
  queued: { word: 'queued', tone: 'busy' },
  cancelled: { word: 'cancelled', tone: 'idle' },
  unknown: { word: 'unknown', tone: 'idle' },
  absent: { word: 'not in this set', tone: 'idle' },
}

export const NO_DATA: BadgeWord = { word: 'no data', tone: 'idle', standing: 'no-data', finishedAt: null }

/** What a badge says of one package on one branch: what the matrix says there, in a badge's words. Green only when ready and fresh. */
export function badgeOf({ cell, freshness, finishedAt }: PlaceFacts, now: Date): BadgeWord {
  const mark = cell === null ? null : cellWord(cell).mark
  const standing = standingOf(mark, freshness)
  if (standing === 'no-data') return NO_DATA
  if (standing === 'stale') return { word: staleWords(finishedAt, now), tone: 'idle', standing, finishedAt }
  return { ...BY_MARK[mark ?? 'absent'], standing, finishedAt }
}

/**
 * What one badge says of several places. `passing on 3 of 4` counts the places whose own badge is a plain `passing`,
 * that is ready and fresh, among all that have the package or may have it (no data); green only when it is all of them.
 */
export function badgeOver(badges: readonly BadgeWord[], now: Date): BadgeWord {
  const counted = badges.filter(({ standing }) => standing !== 'absent')
  const [first, ...rest] = counted
  if (first === undefined) return badges[0] ?? NO_DATA
  if (rest.every(({ word }) => word === first.word)) return first
  if (counted.every(({ standing }) => standing === 'stale')) return staleOver(counted, now)
  const passing = counted.filter(({ tone }) => tone === 'good').length
  return {
    word: `passing on ${passing} of ${counted.length}`,
    tone: passing > 0 ? 'part' : worstOf(counted),
    standing: 'fresh',
    finishedAt: null,
  }
}

/** `61/68 ready` of a branch; green only when that is all of them and the branch is fresh. */
export function readyBadge(
  branch: Pick<PlaceFacts, 'freshness' | 'finishedAt'> & { readonly ready: number; readonly packages: number },
  now: Date,
): BadgeWord {
  const { ready, packages, freshness, finishedAt } = branch
  if (freshness === 'never' || packages === 0) return NO_DATA
  const words = `${ready}/${packages} ready`
  if (freshness === 'fresh')
    return { word: words, tone: ready >= packages ? 'good' : 'part', standing: 'fresh', finishedAt }
  return { word: `${words}, ${staleWords(finishedAt, now)}`, tone: 'idle', standing: 'stale', finishedAt }
}

export interface PinFacts extends Pick<PlaceFacts, 'freshness' | 'finishedAt'> {
  /** The newest nixpkgs revision on which everything is ready, and its date; null: there is none. */
  readonly pin: { readonly revision: string; readonly date: string | null } | null
  /** It is further behind its branch than a fresh branch may be behind nixpkgs. */
  readonly isFarBehind: boolean
  /** The caches were asked longer ago than a fresh branch may be old, or never; then when: what they hold is not known. */
  readonly outdated: { readonly checkedAt: string | null } | null
}

/** `cached at 8cc8a5a, 3 d old` of what can be pinned on a branch; green only when the branch is fresh and the pin near. */
export function pinBadge({ pin, freshness, finishedAt, isFarBehind, outdated }: PinFacts, now: Date): BadgeWord {
  if (freshness === 'never') return NO_DATA
  const words = pin === null ? 'no cached revision' : `cached at ${pin.revision.slice(0, 7)}`
  if (freshness === 'stale') {
    return { word: `${words}, ${staleWords(finishedAt, now)}`, tone: 'idle', standing: 'stale', finishedAt }
  }
  if (outdated !== null) {
    const asked = outdated.checkedAt === null ? 'never asked' : `asked ${ageWords(outdated.checkedAt, now)} ago`
    return { word: `${words}, ${asked}`, tone: 'idle', standing: 'stale', finishedAt }
  }
  const age = pin === null || pin.date === null ? '' : `, ${ageWords(pin.date, now)} old`
  const isNear = pin !== null && !isFarBehind
  return { word: `${words}${age}`, tone: isNear ? 'good' : 'part', standing: 'fresh', finishedAt }
}

function staleWords(finishedAt: string | null, now: Date): string {
  return finishedAt === null ? 'stale' : `stale ${ageWords(finishedAt, now)}`
}

/** Of old facts the newest tell how old they are at least. */
function staleOver(badges: readonly BadgeWord[], now: Date): BadgeWord {
  const times = badges.flatMap(({ finishedAt }) => finishedAt ?? []).sort()
  const finishedAt = times.at(-1) ?? null
  return { word: staleWords(finishedAt, now), tone: 'idle', standing: 'stale', finishedAt }
}

const WORST_FIRST = ['bad', 'lost', 'part', 'busy', 'idle', 'good'] as const satisfies readonly Tone[]

function worstOf(badges: readonly BadgeWord[]): Tone {
  return WORST_FIRST.find((tone) => badges.some((badge) => badge.tone === tone)) ?? 'idle'
}

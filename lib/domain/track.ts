import { foldTurns, type Turn } from './flapping'
import { type Health, healthOf, STATUSES, type Status } from './status'

/** How many evaluations the strip of a cell shows. */
export const STRIP_LENGTH = 14

/** A place in a row's history: the evaluation (database id) and when it finished. */
export interface TrackPoint {
  readonly evaluation: number
  readonly atMs: number | null
}

/** What one evaluation says of a row. */
export interface Observation extends TrackPoint {
  readonly status: Status
  /** What was built (database id); null where nothing was. */
  readonly derivation: number | null
}

/**
 * The history of one row of a branch, folded: all that a cell says of the past, without the past. `since` and
 * `sinceHealth` are of the present run of equal health, undecided evaluations skipped.
 */
export interface Track {
  readonly since: TrackPoint | null
  readonly sinceHealth: Health | null
  /** First of the undecided evaluations that the history ends with, or null. */
  readonly undecidedSince: TrackPoint | null
  readonly lastGood: TrackPoint | null
  /** The last statuses, oldest first. */
  readonly strip: readonly Status[]
  /** The last outcomes of what was built, oldest first: they tell whether it flaps. */
  readonly turns: readonly Turn[]
}

export const emptyTrack: Track = {
  since: null,
  sinceHealth: null,
  undecidedSince: null,
  lastGood: null,
  strip: [],
  turns: [],
}

/** The track after one more evaluation. A left fold: folding a history in two stretches equals folding it whole. */
export function foldTrack(track: Track, observation: Observation): Track {
  const { status, evaluation, atMs } = observation
  const here: TrackPoint = { evaluation, atMs }
  const health = healthOf(status)
  const strip = [...track.strip, status].slice(-STRIP_LENGTH)
  if (health === 'undecided') return { ...track, strip, undecidedSince: track.undecidedSince ?? here }
  return {
    since: track.sinceHealth === health ? track.since : here,
    sinceHealth: health,
    undecidedSince: null,
    lastGood: health === 'good' ? here : track.lastGood,
    strip,
    turns: foldTurns(track.turns, observation),
  }
}

/** The track that was stored as JSON text; throws on a text that is none. */
export function trackOf(json: string): Track {
  const stored: unknown = JSON.parse(json)
  if (typeof stored !== 'object' || stored === null || !('strip' in stored) || !Array.isArray(stored.strip)) {
    throw new TypeError('A stored track is an object with a strip.')
  }
  const fields = new Map<string, unknown>(Object.entries(stored))
  const health = fields.get('sinceHealth')
  return {
    since: pointOf(fields.get('since')),
    sinceHealth: health === 'good' || health === 'broken' ? health : null,
    undecidedSince: pointOf(fields.get('undecidedSince')),
    lastGood: pointOf(fields.get('lastGood')),
    strip: stored.strip.map(statusOf),
    turns: turnsOf(fields.get('turns')),
  }
}

function statusOf(word: unknown): Status {
  return STATUSES.find((status) => status === word) ?? 'unknown'
}

function turnsOf(stored: unknown): Turn[] {
  if (!Array.isArray(stored)) return []
  return stored.flatMap((turn: unknown) => {
    if (typeof turn !== 'object' || turn === null || !('derivation' in turn) || !('status' in turn)) return []
    return typeof turn.derivation === 'number' ? { derivation: turn.derivation, status: statusOf(turn.status) } : []
  })
}

function pointOf(stored: unknown): TrackPoint | null {
  if (typeof stored !== 'object' || stored === null || !('evaluation' in stored)) return null
  if (typeof stored.evaluation !== 'number') return null
  const atMs = 'atMs' in stored && typeof stored.atMs === 'number' ? stored.atMs : null
  return { evaluation: stored.evaluation, atMs }
}

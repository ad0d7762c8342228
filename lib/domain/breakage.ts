import type { RowCause, RowSeen, SeenCause } from './row-health'

/** A place in the history of a branch: the evaluation (database id) and when it finished. */
export interface HealthPoint {
  readonly evaluation: number
  readonly atMs: number
}

/** How a row that a cause has broken stands to that cause, as last decided. `moved`: broken by other causes now. */
export const STANDINGS = ['broken', 'good', 'moved', 'absent'] as const
export type Standing = (typeof STANDINGS)[number]

/** One row and one cause that breaks it, or has broken it. */
export interface Breakage {
  readonly row: string
  readonly cause: SeenCause
  readonly lanes: readonly string[]
  /** Only some of the row's cells. */
  readonly isPartly: boolean
  /** An event has told that it broke, and none yet that it is over. */
  readonly isTold: boolean
  readonly standing: Standing
  /** First evaluation that shows it standing so, and in how many, one after another, it was decided so. */
  readonly since: HealthPoint
  readonly held: number
  /** The evaluation that was counted last: read again, it does not count again. */
  readonly counted: number
  /** Newest evaluation before the breakage in which the row was decided otherwise; null where none is known. */
  readonly before: number | null
}

/** An evaluation of which what is missing is absent indeed, or not. */
interface FollowedPoint extends HealthPoint {
  readonly isComplete: boolean
}

/** The breakage that one evaluation shows first. */
export function newBreakage(
  row: string,
  seen: RowSeen,
  place: { readonly key: string; readonly at: HealthPoint; readonly before: number | null },
): Breakage | null {
  const found = seen.causes.get(place.key)
  if (found === undefined) return null
  const { at, before } = place
  return {
    row,
    ...detailsOf(found, seen, []),
    isTold: false,
    standing: 'broken',
    since: at,
    held: 1,
    counted: at.evaluation,
    // A retry of what built before: no evaluation lies between.
    before: before === at.evaluation ? null : before,
  }
}

/** The breakage after one more evaluation that says something of its row; null once it is over without having been told. */
export function followBreakage(breakage: Breakage, seen: RowSeen, point: FollowedPoint): Breakage | null {
  const { evaluation, atMs, isComplete } = point
  const missing = breakage.lanes.filter((lane) => lane !== '' && !seen.lanes.has(lane))
  const standing = standingOf(breakage.cause, seen, { isMissing: missing.length > 0, isComplete })
  if (standing === null) return breakage
  if (!breakage.isTold && standing !== 'broken') return null
  const found = seen.causes.get(breakage.cause.key)
  const details = found === undefined ? {} : detailsOf(found, seen, isComplete ? [] : missing)
  if (standing === breakage.standing) {
    const isAgain = breakage.counted === evaluation
    return { ...breakage, ...details, held: breakage.held + (isAgain ? 0 : 1), counted: evaluation }
  }
  return { ...breakage, ...details, standing, since: { evaluation, atMs }, held: 1, counted: evaluation }
}

/** Null: the evaluation does not tell. What was not tried, or is missing as yet, says nothing of a build. */
function standingOf(
  cause: SeenCause,
  seen: RowSeen,
  { isMissing, isComplete }: { readonly isMissing: boolean; readonly isComplete: boolean },
): Standing | null {
  if (seen.causes.has(cause.key)) return 'broken'
  if (seen.standing === 'absent') return 'absent'
  if (seen.standing === 'undecided') return null
  if (seen.standing === 'untried') return cause.kind === 'build' ? null : 'moved'
  // Other cells of the row cannot speak for one that was broken.
  if (isMissing) return isComplete ? 'absent' : null
  return seen.causes.size > 0 ? 'moved' : 'good'
}

/** `missing`: broken before, and not said to be otherwise. */
function detailsOf({ cause, lanes: own }: RowCause, { laneCount }: RowSeen, missing: readonly string[]) {
  const lanes = [...own, ...missing]
  return { cause, lanes, isPartly: lanes.length < laneCount + missing.length }
}

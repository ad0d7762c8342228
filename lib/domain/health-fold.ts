import { type Breakage, followBreakage, type HealthPoint, newBreakage } from './breakage'
import { type HealthChange, tellChanges } from './health-changes'
import { ABSENT, type RowSeen, rowsSeen, type SeenCause, type SeenCell, untriedRow } from './row-health'

/** A finished evaluation of one of the feeds of a branch. */
export interface SeenEvaluation extends HealthPoint {
  readonly feed: string
  /** Feeds whose word on a row counts more. */
  readonly above: readonly string[]
  /** What is missing from it is absent indeed. */
  readonly isComplete: boolean
  /** Results that count, one per row and lane. */
  readonly cells: readonly SeenCell[]
  /** Of an incomplete one: why it failed as a whole. */
  readonly error: SeenCause | null
  /** Rows to know before any evaluation has told which there are. */
  readonly listed: readonly string[]
}

export interface KnownRow {
  readonly feed: string
  /** The newest evaluation in which it was decided. */
  readonly decided: number | null
}

/** What is known of a branch after some of its evaluations: all that the next one is judged by. */
export interface HealthState {
  readonly rows: ReadonlyMap<string, KnownRow>
  readonly breakages: readonly Breakage[]
}

export const emptyHealth: HealthState = { rows: new Map(), breakages: [] }

export interface HealthStep {
  readonly state: HealthState
  readonly changes: readonly HealthChange[]
}

/**
 * The state after one more evaluation, and the changes that it tells. A left fold: a history judged in two stretches tells
 * what it tells as a whole. What is undecided changes nothing. The same evaluation may be judged again, as retries change
 * its results: it counts once.
 */
export function foldHealth(state: HealthState, evaluation: SeenEvaluation, hold: number): HealthStep {
  const seen = seenRows(state, evaluation)
  const known = new Set(state.breakages.map(({ row, cause }) => breakageText(row, cause.key)))
  const followed = state.breakages.flatMap((breakage) => {
    const row = seen.get(breakage.row)
    return (row === undefined ? breakage : followBreakage(breakage, row, evaluation)) ?? []
  })
  const fresh = [...seen].flatMap(([row, one]) =>
    [...one.causes.keys()].flatMap((key) => {
      if (known.has(breakageText(row, key))) return []
      return newBreakage(row, one, { key, at: pointOf(evaluation), before: state.rows.get(row)?.decided ?? null }) ?? []
    }),
  )
  const { changes, breakages } = tellChanges([...followed, ...fresh], hold)
  return { state: { rows: rowsAfter(state, seen, evaluation), breakages }, changes }
}

/** The state as if everything that it holds had been told already. */
export function muteHealth({ rows, breakages }: HealthState): HealthState {
  return { rows, breakages: breakages.map((one) => ({ ...one, isTold: true })) }
}

/** The rows of which the evaluation has something to say. */
function seenRows({ rows }: HealthState, evaluation: SeenEvaluation): ReadonlyMap<string, RowSeen> {
  const above = new Set(evaluation.above)
  const missing = evaluation.isComplete ? ABSENT : untriedRow(evaluation.error)
  const own = [...rows].filter(([, { feed }]) => feed === evaluation.feed)
  const listed = evaluation.isComplete || rows.size > 0 ? [] : evaluation.listed
  const expected = [...own.map(([row]) => row), ...listed].map((row): [string, RowSeen] => [row, missing])
  const said = [...rowsSeen(evaluation.cells)].filter(([row]) => !above.has(rows.get(row)?.feed ?? ''))
  return new Map([...expected, ...said])
}

function rowsAfter(
  { rows }: HealthState,
  seen: ReadonlyMap<string, RowSeen>,
  { feed, evaluation }: SeenEvaluation,
): ReadonlyMap<string, KnownRow> {
  const after = new Map(rows)
  for (const [row, { standing }] of seen) {
    const decided = standing === 'decided' ? evaluation : (rows.get(row)?.decided ?? null)
    if (standing === 'absent') after.delete(row)
    else after.set(row, { feed, decided })
  }
  return after
}

function breakageText(row: string, cause: string): string {
  return JSON.stringify([row, cause])
}

function pointOf({ evaluation, atMs }: HealthPoint): HealthPoint {
  return { evaluation, atMs }
}

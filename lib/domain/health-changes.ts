import type { Breakage, HealthPoint, Standing } from './breakage'
import type { SeenCause } from './row-health'

/** A change of health that is told: of one cause on one branch. Rows by name. */
export interface HealthChange {
  readonly kind: 'broke' | 'fixed'
  readonly cause: SeenCause
  readonly rows: readonly Breakage[]
  /** Rows that the cause breaks beside them. */
  readonly alsoBroken: readonly string[]
  /** Of `fixed`: rows that it broke and that other causes break now. */
  readonly stillBroken: readonly string[]
  /** The first evaluation that shows it. */
  readonly at: HealthPoint
  /** Of `broke`: the newest evaluation before it that shows one of the rows otherwise. */
  readonly before: number | null
}

export interface Told {
  readonly changes: readonly HealthChange[]
  readonly breakages: readonly Breakage[]
}

/**
 * What is told of the breakages of a branch: a change that has held for `hold` evaluations, together with what else its
 * cause has done to the branch by then. A cause is gone when it breaks nothing any more; what others break since is
 * named, and not called fixed.
 */
export function tellChanges(breakages: readonly Breakage[], hold: number): Told {
  const causes = new Map<string, Breakage[]>()
  for (const breakage of breakages) {
    const known = causes.get(breakage.cause.key)
    if (known === undefined) causes.set(breakage.cause.key, [breakage])
    else known.push(breakage)
  }
  const told = [...causes.values()].map((own) => tellCause(own, Math.max(1, hold)))
  return {
    changes: withoutRepeats(told.flatMap(({ changes }) => changes)),
    breakages: told.flatMap((one) => one.breakages),
  }
}

/** That a row builds again is told with a cause that is gone, and not once more with one that goes on breaking others. */
function withoutRepeats(changes: readonly HealthChange[]): HealthChange[] {
  const isPart = ({ kind, alsoBroken }: HealthChange) => kind === 'fixed' && alsoBroken.length > 0
  const whole = changes.filter((change) => change.kind === 'fixed' && !isPart(change))
  const told = new Set(whole.flatMap(({ rows }) => rows.map(({ row }) => row)))
  return changes.flatMap((change) => {
    if (!isPart(change)) return change
    const rows = change.rows.filter(({ row }) => !told.has(row))
    return rows.length === 0 ? [] : { ...change, rows }
  })
}

function tellCause(own: readonly Breakage[], hold: number): Told {
  const fixed = tellFixed(own, hold)
  const broke = tellBroke(fixed.breakages, hold)
  return { changes: [...fixed.changes, ...broke.changes], breakages: broke.breakages }
}

function tellBroke(own: readonly Breakage[], hold: number): Told {
  const fresh = own.filter(({ isTold }) => !isTold)
  if (!fresh.some(({ held }) => held >= hold)) return { changes: [], breakages: own }
  const others = own.filter((one) => one.isTold && one.standing === 'broken')
  const change = changeOf('broke', fresh, { alsoBroken: others, stillBroken: [] })
  return { changes: [change], breakages: own.map((one) => (one.isTold ? one : { ...one, isTold: true })) }
}

function tellFixed(own: readonly Breakage[], hold: number): Told {
  const held = (standing: Standing) => own.filter((one) => one.standing === standing && one.held >= hold)
  // A row that is there no more was not fixed: nothing is told, and it is news when it breaks again.
  const present = own.filter((one) => !held('absent').includes(one))
  const good = held('good')
  const isWaiting = present.some((one) => one.standing === 'good' && one.held < hold)
  if (good.length === 0 || isWaiting) return { changes: [], breakages: present }
  const moved = held('moved')
  // What it breaks only since counts too, told or not: the cause goes on.
  const going = present.filter((one) => one.isTold || one.standing === 'broken')
  const others = going.filter((one) => !good.includes(one) && !moved.includes(one))
  const isGone = others.length === 0
  const change = changeOf('fixed', good, { alsoBroken: others, stillBroken: isGone ? moved : [] })
  const left = present.filter((one) => !good.includes(one) && !(isGone && moved.includes(one)))
  return { changes: [change], breakages: left }
}

function changeOf(
  kind: HealthChange['kind'],
  rows: readonly Breakage[],
  others: { readonly alsoBroken: readonly Breakage[]; readonly stillBroken: readonly Breakage[] },
): HealthChange {
  const [first, ...more] = rows.toSorted(
    (a, b) => a.since.atMs - b.since.atMs || a.since.evaluation - b.since.evaluation,
  )
  if (first === undefined) throw new RangeError('A change concerns some row.')
  const befores = [first, ...more].flatMap(({ before }) => before ?? [])
  return {
    kind,
    cause: newestOf([first, ...more]).cause,
    rows: rows.toSorted((a, b) => compareText(a.row, b.row)),
    alsoBroken: namesOf(others.alsoBroken),
    stillBroken: namesOf(others.stillBroken),
    at: first.since,
    before: kind === 'broke' && befores.length > 0 ? Math.max(...befores) : null,
  }
}

/** The version that was seen last names the cause. */
function newestOf(rows: readonly [Breakage, ...Breakage[]]): Breakage {
  return rows.reduce((newest, one) => (one.counted > newest.counted ? one : newest))
}

function namesOf(rows: readonly Breakage[]): string[] {
  return [...new Set(rows.map(({ row }) => row))].sort(compareText)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

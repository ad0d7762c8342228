import { healthOf, type Status } from './status'
import type { CauseSignature } from './triage'

/** A root cause as one evaluation shows it. `key` is the same over versions and evaluations. */
export interface SeenCause {
  readonly key: string
  readonly kind: CauseSignature['kind']
  /** That it is built for; "" where that is unknown, or of no matter. */
  readonly system: string
  /** With version; of what does not evaluate, the masked message. */
  readonly name: string
  readonly derivation: string | null
  readonly status: Status
}

/** What one evaluation says of one row in one system and variant (its lane). */
export interface SeenCell {
  readonly row: string
  readonly lane: string
  readonly status: Status
  /** Why it is broken, at the root; empty where that is not known. */
  readonly causes: readonly SeenCause[]
}

/**
 * What one evaluation says of a row. `decided`: each of its cells is good, or broken for known causes. `untried`: the
 * evaluation failed as a whole, so that nothing was built.
 */
export interface RowSeen {
  readonly standing: 'decided' | 'undecided' | 'untried' | 'absent'
  readonly causes: ReadonlyMap<string, RowCause>
  readonly laneCount: number
  /** Of the cells that are there. */
  readonly lanes: ReadonlySet<string>
}

export interface RowCause {
  readonly cause: SeenCause
  /** The cells that it breaks; others of the row may be good. "" where that is the row as a whole. */
  readonly lanes: readonly string[]
}

const NOTHING = { causes: new Map(), laneCount: 0, lanes: new Set<string>() }
export const ABSENT: RowSeen = { standing: 'absent', ...NOTHING }
const UNDECIDED: RowSeen = { standing: 'undecided', ...NOTHING }

/** The rows of an evaluation, from its cells. */
export function rowsSeen(cells: readonly SeenCell[]): ReadonlyMap<string, RowSeen> {
  const rows = new Map<string, SeenCell[]>()
  for (const cell of cells) {
    const known = rows.get(cell.row)
    if (known === undefined) rows.set(cell.row, [cell])
    else known.push(cell)
  }
  return new Map([...rows].map(([row, own]) => [row, rowSeen(own)]))
}

/** A row that is missing from an evaluation which failed as a whole, for a cause that is known or not. */
export function untriedRow(cause: SeenCause | null): RowSeen {
  if (cause === null) return UNDECIDED
  const causes = new Map([[cause.key, { cause, lanes: [''] }]])
  return { standing: 'untried', causes, laneCount: 1, lanes: new Set(['']) }
}

function rowSeen(cells: readonly SeenCell[]): RowSeen {
  const present = cells.filter(({ status }) => status !== 'absent')
  if (present.length === 0) return ABSENT
  const causes = new Map<string, RowCause>()
  for (const { lane, status, causes: own } of present) {
    if (healthOf(status) !== 'broken') continue
    for (const cause of own) {
      causes.set(cause.key, { cause, lanes: [...(causes.get(cause.key)?.lanes ?? []), lane] })
    }
  }
  const lanes = new Set(present.map(({ lane }) => lane))
  return { standing: present.every(isDecided) ? 'decided' : 'undecided', causes, laneCount: present.length, lanes }
}

function isDecided({ status, causes }: SeenCell): boolean {
  const health = healthOf(status)
  return health === 'good' || (health === 'broken' && causes.length > 0)
}

import type { HealthChange } from '@/lib/domain/health-changes'
import { emptyHealth, foldHealth, type HealthState, type SeenEvaluation } from '@/lib/domain/health-fold'
import type { SeenCause, SeenCell } from '@/lib/domain/row-health'
import type { Status } from '@/lib/domain/status'

export const cause = (name: string, kind: SeenCause['kind'] = 'build'): SeenCause => ({
  ...{ key: name, kind, system: '', name: `${name}-1.0` },
  derivation: kind === 'build' ? `/nix/store/a-${name}-1.0.drv` : null,
  status: kind === 'build' ? 'failed' : 'evaluation-failed',
})

/** What a test writes for a row: good, undecided, gone, or the causes that break it. */
export type Word = 'good' | 'building' | 'absent' | 'unexplained' | readonly string[]
export type Rows = Readonly<Record<string, Word>>

export function cellOf(row: string, word: Word): SeenCell[] {
  if (word === 'absent') return []
  const statuses: Record<string, Status> = { good: 'succeeded', building: 'building', unexplained: 'dependency-failed' }
  const isBroken = typeof word !== 'string'
  const status = isBroken ? 'dependency-failed' : (statuses[word] ?? 'unknown')
  return [{ row, lane: '', status, causes: isBroken ? word.map((name) => cause(name)) : [] }]
}

export const evaluationOf = (rows: Rows, number: number, parts: Partial<SeenEvaluation> = {}): SeenEvaluation => ({
  ...{ evaluation: number, atMs: number * 1_000, feed: 'ci', above: [], isComplete: true, error: null, listed: [] },
  cells: Object.entries(rows).flatMap(([row, word]) => cellOf(row, word)),
  ...parts,
})

export interface Told {
  readonly state: HealthState
  readonly changes: readonly HealthChange[]
}

export function judge(history: readonly SeenEvaluation[], hold = 1, from: HealthState = emptyHealth): Told {
  let state = from
  const changes: HealthChange[] = []
  for (const evaluation of history) {
    const step = foldHealth(state, evaluation, hold)
    state = step.state
    changes.push(...step.changes)
  }
  return { state, changes }
}

export const historyOf = (...rows: Rows[]) => rows.map((one, index) => evaluationOf(one, index + 1))

/** One line for each change, as `broke magma: torch jax @2`. */
export function linesOf({ changes }: Told): string[] {
  return changes.map(({ kind, cause: { key }, rows, at, alsoBroken, stillBroken }) => {
    const others = [...alsoBroken.map((row) => `+${row}`), ...stillBroken.map((row) => `-${row}`)]
    return `${kind} ${key}: ${[...rows.map(({ row }) => row), ...others].join(' ')} @${at.evaluation}`
  })
}

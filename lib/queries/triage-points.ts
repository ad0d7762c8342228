import 'server-only'
import type { StoredEvaluation } from './evaluations'
import type { TriageGroup } from './triage-groups'

export interface TriagePoints {
  readonly firstBad: StoredEvaluation | undefined
  readonly lastGood: StoredEvaluation | undefined
}

/**
 * Where most of what a cause breaks on one branch broke, the oldest of several such places; a single package that was
 * broken before by something else, or came later, does not move it.
 */
export function firstBadOf(
  groups: readonly TriageGroup[],
  evaluations: ReadonlyMap<number, StoredEvaluation>,
): TriagePoints | null {
  const [first] = groups
    .map((group) => ({
      rows: group.rows,
      firstBad: evaluations.get(group.sinceId ?? -1),
      lastGood: evaluations.get(group.lastGoodId ?? -1),
    }))
    .sort((a, b) => b.rows - a.rows || compareAge(a.firstBad, b.firstBad) || compareAge(b.lastGood, a.lastGood))
  return first ?? null
}

/** Older first; what is not known last. */
function compareAge(a: StoredEvaluation | undefined, b: StoredEvaluation | undefined): number {
  return (a?.chainNumber ?? Number.MAX_SAFE_INTEGER) - (b?.chainNumber ?? Number.MAX_SAFE_INTEGER)
}

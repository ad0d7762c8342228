import type { Diff, DiffEntry } from '@/lib/contract/diff'
import type { FoldedCause } from '@/lib/contract/folded-cause'
import type { RootCause } from '@/lib/contract/matrix'

export interface CauseGroup {
  readonly cause: FoldedCause
  readonly entries: readonly DiffEntry[]
}

export interface BrokenGroups {
  /** One block per cause that breaks others, those that block a headline package first, then by how much is new. */
  readonly causes: readonly CauseGroup[]
  /** What is broken by itself alone, or of which no cause is known. */
  readonly own: readonly DiffEntry[]
}

/**
 * The broken attributes of a diff under their root causes. One with several causes stands under each of them; none is
 * left out.
 */
export function groupByCause(diff: Diff, entries: readonly DiffEntry[]): BrokenGroups {
  const causes = diff.rootCauses
    .map((cause) => ({ cause, entries: entries.filter((entry) => isBrokenBy(entry, cause)).toSorted(newFirst) }))
    .filter((group) => group.entries.length > 1 || group.entries.some(isBlocked))
  const grouped = new Set(causes.flatMap((group) => group.entries))
  return {
    causes: causes.toSorted((a, b) => headlines(b) - headlines(a) || fresh(b) - fresh(a)),
    own: entries.filter((entry) => !grouped.has(entry)),
  }
}

/** The package whose suspects speak for a cause: the root itself where it is one of them, else the first. */
export function suspectsOf({ cause, entries }: CauseGroup): string | null {
  const root = entries.find(({ after }) => after?.derivation != null && after.derivation === cause.derivation)
  return (root ?? entries[0])?.package ?? null
}

function isBrokenBy({ rootCauses }: DiffEntry, cause: RootCause): boolean {
  return rootCauses.some(({ derivation, name }) => derivation === cause.derivation && name === cause.name)
}

function isBlocked({ after, before }: DiffEntry): boolean {
  return (after ?? before)?.status === 'dependency-failed'
}

function newFirst(a: DiffEntry, b: DiffEntry): number {
  return Number(b.headline) - Number(a.headline) || Number(isNew(b)) - Number(isNew(a))
}

function isNew({ change }: DiffEntry): boolean {
  return change === 'newly-failing'
}

function headlines({ entries }: CauseGroup): number {
  return Number(entries.some(({ headline }) => headline))
}

function fresh({ entries }: CauseGroup): number {
  return entries.filter(isNew).length
}

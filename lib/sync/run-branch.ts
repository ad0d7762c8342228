import 'server-only'
import type { BranchConfig, SourceConfig } from '@/lib/config/schema'
import { branchOf } from '@/lib/domain/branch-name'
import type { ListedRun } from '@/lib/sources/source'

/** The branch of runs that may concern several: their attributes name them, or, of a failed Config job, all of them. */
export const BRANCH_BY_ATTRIBUTE = ''
/** The branch of stored runs that match none since the configuration has changed. */
export const NO_BRANCH = '*'

/** What tells a run's branch. */
export type NamedRun = Pick<ListedRun, 'ref' | 'jobName' | 'handler'>

/** Is the pushed ref the nixpkgs branch? Elsewhere the lock file tells which one was built. */
export function isNamedByRef(source: SourceConfig): boolean {
  return source.kind === 'hercules-ci' && source.branchFrom === 'ref'
}

/** Which configured branch a run belongs to; null when none: it is counted and not ingested. */
export function branchOfRun(source: SourceConfig, branches: readonly BranchConfig[], run: NamedRun): string | null {
  const branchFrom = source.kind === 'hercules-ci' ? source.branchFrom : 'ref'
  if (branchFrom === 'attribute') return BRANCH_BY_ATTRIBUTE
  const isJobName = branchFrom === 'jobName'
  // It has no handler's name, and no handler could be read: every branch is concerned.
  if (isJobName && run.handler === 'Config') return BRANCH_BY_ATTRIBUTE
  const name = isJobName ? run.jobName : run.ref
  if (name === null) return null
  return branchOf({ name, isJobName, sourceBranches: sourceBranchesOf(source), branches })
}

export function sourceBranchesOf(source: SourceConfig): Readonly<Record<string, string>> {
  return source.kind === 'hercules-ci' ? source.branches : source.jobsets
}

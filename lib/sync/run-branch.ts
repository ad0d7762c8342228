import 'server-only'
import type { BranchConfig, SourceConfig } from '@/lib/config/schema'
import { branchOf } from '@/lib/domain/branch-name'
import type { ListedRun } from '@/lib/sources/source'

/** The branch of runs whose attributes name it: such a run stands for itself until they are read. */
export const BRANCH_BY_ATTRIBUTE = ''

/** The name by which a source tells its branches apart, before any mapping; null where attributes tell. */
export function rawBranchOf(source: SourceConfig, run: Pick<ListedRun, 'ref' | 'jobName'>): string | null {
  if (source.kind !== 'hercules-ci') return run.ref
  if (source.branchFrom === 'attribute') return null
  return source.branchFrom === 'jobName' ? run.jobName : run.ref
}

/** Which configured branch a run belongs to; null when none: it is counted and not ingested. */
export function branchOfRun(
  source: SourceConfig,
  branches: readonly BranchConfig[],
  run: Pick<ListedRun, 'ref' | 'jobName'>,
): string | null {
  if (source.kind === 'hercules-ci' && source.branchFrom === 'attribute') return BRANCH_BY_ATTRIBUTE
  const name = rawBranchOf(source, run)
  if (name === null) return null
  const isJobName = source.kind === 'hercules-ci' && source.branchFrom === 'jobName'
  return branchOf({ name, isJobName, sourceBranches: sourceBranchesOf(source), branches })
}

export function sourceBranchesOf(source: SourceConfig): Readonly<Record<string, string>> {
  return source.kind === 'hercules-ci' ? source.branches : source.jobsets
}

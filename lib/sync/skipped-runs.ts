import 'server-only'
import type { BranchConfig, SourceConfig } from '@/lib/config/schema'
import type { ListedRun } from '@/lib/sources/source'
import { branchOfRun } from './run-branch'

interface Counted {
  readonly runs: readonly ListedRun[]
  /** JSON text of what was counted before. */
  readonly before: string
  /** Each run is counted once: when the mark of the listing passes it. */
  readonly from: number | null
  readonly to: number | null
}

/** JSON text: how many runs match no branch, by the ref or job name they came with. */
export function countSkipped(source: SourceConfig, branches: readonly BranchConfig[], counted: Counted): string {
  const skipped = countsOf(counted.before)
  for (const run of counted.runs) {
    if (run.index <= (counted.from ?? -1) || run.index > (counted.to ?? -1)) continue
    if (branchOfRun(source, branches, run) === null) skipped.set(nameOf(run), (skipped.get(nameOf(run)) ?? 0) + 1)
  }
  return JSON.stringify(Object.fromEntries([...skipped].sort(([a], [b]) => (a < b ? -1 : 1))))
}

function nameOf(run: ListedRun): string {
  return run.ref ?? run.jobName ?? run.handler
}

function countsOf(json: string): Map<string, number> {
  const parsed: unknown = JSON.parse(json)
  if (typeof parsed !== 'object' || parsed === null) return new Map()
  return new Map(Object.entries(parsed).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
}

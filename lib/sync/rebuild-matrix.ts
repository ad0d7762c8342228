import 'server-only'
import type { SyncContext } from './context'
import { rebuildBranch } from './rebuild-branch'
import { rebuildRows } from './rebuild-rows'

/** Brings everything that the matrix shows in line with the stored facts. */
export async function rebuildMatrix(context: SyncContext): Promise<void> {
  for (const branch of context.config.branches) await rebuildBranch(context, branch)
  await rebuildRows(context)
}

import 'server-only'
import { type SyncContext, writeFenced } from './context'
import { rebuildBranch } from './rebuild-branch'
import { rebuildRows } from './rebuild-rows'
import { settleSource } from './settle-source'
import { updateTriage } from './update-triage'

/** Brings everything that the matrix shows in line with the stored facts. */
export async function rebuildMatrix(context: SyncContext): Promise<void> {
  for (const source of context.config.sources)
    await writeFenced(context, (tx) => settleSource(tx, context.config, source))
  for (const branch of context.config.branches) await rebuildBranch(context, branch)
  await rebuildRows(context)
  await updateTriage(context)
}

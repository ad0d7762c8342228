import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { MatrixBranch } from '@/lib/contract/matrix'
import { db as openDatabase } from '@/lib/db/client'
import { readBranches } from './branches'
import type { ReadTools } from './matrix'

/** The head of one branch, or null when no such branch is configured. */
export async function readBranchHead(
  name: string,
  now: Date = new Date(),
  tools: ReadTools = {},
): Promise<MatrixBranch | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const [branch] = await readBranches(db, config, now, [name])
  return branch ?? null
}

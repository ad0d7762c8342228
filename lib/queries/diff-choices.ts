import 'server-only'
import type { BranchChoices, EvaluationChoice } from '@/lib/contract/diff-choices'
import { db as openDatabase } from '@/lib/db/client'
import { toEvaluation } from './evaluations'
import type { ReadTools } from './matrix'

const NEWEST = 30

/** The newest evaluations of these branches, to choose the sides of a diff from. */
export async function readDiffChoices(
  branches: readonly { name: string; title: string }[],
  tools: ReadTools = {},
): Promise<BranchChoices[]> {
  const { db = openDatabase() } = tools
  return Promise.all(
    branches.map(async ({ name, title }) => {
      const found = await db.evaluation.findMany({
        where: { branch: name },
        orderBy: [{ chainNumber: 'desc' }, { number: 'desc' }, { id: 'desc' }],
        take: NEWEST,
      })
      const evaluations = found.map((stored): EvaluationChoice => {
        const { id, index, state, startedAt, finishedAt } = toEvaluation(stored)
        return { id, branch: name, index, state, isSuperseded: stored.isSuperseded, startedAt, finishedAt }
      })
      return { branch: name, title, evaluations }
    }),
  )
}

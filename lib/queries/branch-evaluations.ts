import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Evaluations, EvaluationsParams } from '@/lib/contract/evaluations'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { readCounts } from './counts'
import { toListed } from './listed-evaluation'
import type { ReadTools } from './matrix'
import { storable } from './storable'

/** One page of a branch's evaluations, newest first, or null when no such branch is configured. */
export async function readBranchEvaluations(
  branch: string,
  { limit, before }: EvaluationsParams,
  tools: ReadTools = {},
): Promise<Evaluations | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  if (!config.branches.some(({ name }) => name === branch)) return null
  const found = await db.evaluation.findMany({
    where: { branch, ...(before !== null && (await olderThan(db, branch, before))) },
    orderBy: [{ chainNumber: 'desc' }, { number: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const page = found.slice(0, limit)
  const counts = await readCounts(
    db,
    page.map(({ id }) => id),
  )
  return {
    branch,
    evaluations: page.map((stored) => ({ ...toListed(stored), counts: counts.get(stored.id) ?? {} })),
    next: found.length > limit ? (page.at(-1)?.key ?? null) : null,
  }
}

/** Of an id that is not known there is nothing older. */
async function olderThan(db: Db, branch: string, key: string) {
  const last = await db.evaluation.findFirst({
    where: { key: storable(key), branch },
    select: { id: true, chainNumber: true, number: true },
  })
  if (last === null) return { id: -1 }
  const { id, chainNumber, number } = last
  return {
    OR: [
      { chainNumber: { lt: chainNumber } },
      { chainNumber, number: { lt: number } },
      { chainNumber, number, id: { lt: id } },
    ],
  }
}

import 'server-only'
import type { Db } from '@/lib/db/client'
import { integer, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { judgementCode, STATUSES, type Status, statusOfCode } from '@/lib/domain/status'
import type { FeedHistory } from './feed-history'

/**
 * Attributes of a branch by status, `MayFail` aside: those of the first feed, and of further feeds the packages that
 * only they build. Of an incomplete evaluation, what the last complete one had and this one lacks does not evaluate.
 */
export async function countBranch(db: Db, histories: readonly FeedHistory[]): Promise<Partial<Record<Status, number>>> {
  const counts: Partial<Record<Status, number>> = {}
  const counted = new Set<string>()
  for (const history of histories) {
    const attributes = await readAttributes(db, history)
    for (const { row, status } of attributes) {
      if (!counted.has(row)) counts[status] = (counts[status] ?? 0) + 1
    }
    for (const { row } of attributes) counted.add(row)
  }
  // In one order whatever the database's: what is stored is compared.
  return Object.fromEntries(STATUSES.flatMap((status) => (counts[status] ? [[status, counts[status]]] : [])))
}

async function readAttributes(db: Db, { evaluations, shown }: FeedHistory): Promise<{ row: string; status: Status }[]> {
  if (shown === null) return []
  const present = await readResults(db, shown.id)
  const complete = shown.isComplete ? undefined : evaluations.findLast(({ isComplete }) => isComplete)
  if (complete === undefined) return present
  const has = new Set(present.map(({ attributeId }) => attributeId))
  const missing = (await readResults(db, complete.id)).filter(({ attributeId }) => !has.has(attributeId))
  return [...present, ...missing.map((result) => ({ ...result, status: 'evaluation-failed' as const }))]
}

async function readResults(db: Db, evaluationId: number) {
  const rows = await queryRows(
    db,
    sql`SELECT r."attributeId" AS "attributeId", a."row" AS "row", r."status" AS "code"
      FROM "Result" r JOIN "Attribute" a ON a."id" = r."attributeId"
      WHERE r."evaluationId" = ${evaluationId} AND r."judgement" <> ${judgementCode('may-fail')}`,
    { attributeId: integer, row: text, code: integer },
  )
  return rows.map(({ attributeId, row, code }) => ({ attributeId, row, status: statusOfCode(code) }))
}

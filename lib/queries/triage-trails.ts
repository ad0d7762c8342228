import 'server-only'
import { z } from 'zod'
import { TRIAGE_TRAIL_MAX, type TriageChange } from '@/lib/contract/triage'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'

/** How many lines the audit trail of a cause has, and the newest of them, newest first. */
export interface TriageTrail {
  readonly changes: number
  readonly trail: TriageChange[]
}

/** The audit trails of these causes, by key; a cause that nothing befell has none. */
export async function readTriageTrails(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, TriageTrail>> {
  const trails = new Map<string, { changes: number; trail: TriageChange[] }>()
  for (const { key, total, ...line } of keys.length === 0 ? [] : await readLines(db, keys)) {
    const known = trails.get(key) ?? { changes: total, trail: [] }
    trails.set(key, known)
    known.trail.push(toChange(line))
  }
  return trails
}

type Line = Omit<Awaited<ReturnType<typeof readLines>>[number], 'key' | 'total'>

function readLines(db: Db, keys: readonly string[]) {
  return queryRows(
    db,
    sql`SELECT "key", "who", "atMs", "before", "after", "total" FROM (
        SELECT c."key" AS "key", c."id" AS "id", c."who" AS "who", c."atMs" AS "atMs", c."before" AS "before",
          c."after" AS "after", COUNT(*) OVER (PARTITION BY c."key") AS "total",
          ROW_NUMBER() OVER (PARTITION BY c."key" ORDER BY c."id" DESC) AS "place"
        FROM "TriageChange" c WHERE c."key" IN (${joinSql([...keys])})
      ) listed WHERE "place" <= ${TRIAGE_TRAIL_MAX} ORDER BY "key", "id" DESC`,
    { key: text, who: nullable(text), atMs: integer, before: text, after: text, total: integer },
  )
}

/** What a line stores of the entry; the sync says whether the cause was there. */
const SaidSchema = z.object({
  state: z.string().optional(),
  note: z.string().optional(),
  issueUrl: z.string().nullable().optional(),
  isOpen: z.boolean().optional(),
})

const FIELDS = ['state', 'note', 'issueUrl'] as const

function toChange({ who, atMs, ...line }: Line): TriageChange {
  const [before, after] = [line.before, line.after].map((json) => SaidSchema.parse(JSON.parse(json)))
  return {
    at: new Date(atMs).toISOString(),
    who,
    act: after?.isOpen === undefined ? 'changed' : after.isOpen ? 'reopened' : 'closed',
    fields: FIELDS.flatMap((name) => {
      const [old, now] = [before?.[name] || null, after?.[name] || null]
      return old === now ? [] : { name, before: old, after: now }
    }),
  }
}

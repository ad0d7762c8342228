import 'server-only'
import type { Db } from '@/lib/db/client'
import { integer, queryRows } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { type SyncContext, writeFenced } from './context'
import { isRangeNeeded } from './suspect-plan'

const DAY_MS = 86_400_000
/** A breakage that comes back within this time finds its commits still there. */
const KEPT_DAYS = 14
/** Ranges that one run forgets, each with its commits. */
const RANGES_PER_RUN = 50

/** Forgets the commits between revisions that nothing broken now needs, oldest first; the next runs go on. */
export async function pruneRanges(context: SyncContext): Promise<void> {
  const ids = await readForgotten(context.db, context.now().getTime() - KEPT_DAYS * DAY_MS)
  if (ids.length === 0) return
  const rangeId = { in: ids }
  await writeFenced(context, async (tx) => {
    await tx.nixpkgsCommit.deleteMany({ where: { rangeId } })
    await tx.nixpkgsRange.deleteMany({ where: { id: rangeId } })
  })
}

async function readForgotten(db: Db, readBeforeMs: number): Promise<number[]> {
  const ranges = await queryRows(
    db,
    sql`SELECT r."id" AS "id" FROM "NixpkgsRange" r
      WHERE (r."readMs" IS NULL OR r."readMs" < ${readBeforeMs}) AND NOT ${isRangeNeeded}
      ORDER BY r."readMs", r."id" LIMIT ${RANGES_PER_RUN}`,
    { id: integer },
  )
  return ranges.map(({ id }) => id)
}

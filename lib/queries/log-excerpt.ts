import 'server-only'
import { type LogExcerpt, LogExcerptSchema } from '@/lib/contract/log'
import type { Db } from '@/lib/db/client'

const PATHS_PER_QUERY = 5_000

/**
 * Why derivations failed, by store path: the excerpt of the log that was read last of each. Those without a stored log are
 * left out.
 */
export async function readLogExcerpts(db: Db, derivations: Iterable<string>): Promise<ReadonlyMap<string, LogExcerpt>> {
  const paths = [...new Set(derivations)]
  const excerpts = new Map<string, LogExcerpt>()
  for (let from = 0; from < paths.length; from += PATHS_PER_QUERY) {
    const logs = await db.log.findMany({
      where: { derivation: { in: paths.slice(from, from + PATHS_PER_QUERY) }, excerpt: { not: null } },
      select: { derivation: true, excerpt: true },
      orderBy: [{ fetchedMs: 'asc' }, { id: 'asc' }],
    })
    for (const { derivation, excerpt } of logs) {
      if (excerpt !== null) excerpts.set(derivation, LogExcerptSchema.parse(JSON.parse(excerpt)))
    }
  }
  return excerpts
}

import 'server-only'
import { type Cache, FINDINGS_MAX } from '@/lib/contract/caches'
import type { Db } from '@/lib/db/client'
import { integer, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { presenceOfCode } from '@/lib/domain/presence'
import { readChunks } from './read-chunks'
import { isoOf } from './times'

/** Outputs whose narinfo at a cache must not be trusted, those found last first, with the exact reason. */
export async function readUntrusted(db: Db, cache: string): Promise<Cache['untrusted']> {
  const where = { cache, untrustedMs: { not: null } }
  const found = await db.presence.findMany({
    where,
    include: { output: { include: { derivation: true } } },
    orderBy: [{ untrustedMs: 'desc' }, { outputId: 'asc' }],
    take: FINDINGS_MAX,
  })
  const packages = await readPackages(
    db,
    found.map(({ output }) => output.derivationId),
  )
  return {
    total: await db.presence.count({ where }),
    findings: found.map(({ output, ...stored }) => {
      const isCurrent = presenceOfCode(stored.presence) === 'untrusted'
      return {
        path: output.path ?? '',
        output: output.name,
        derivation: output.derivation.path,
        packages: packages.get(output.derivationId) ?? [],
        // Of a cache that is out of reach, the reason is why.
        reason: isCurrent ? stored.reason : null,
        signedBy: stored.signedBy,
        since: isoOf(stored.untrustedMs),
        readAt: isoOf(stored.narinfoMs),
        checkedAt: isoOf(isCurrent ? stored.checkedMs : stored.lastCheckedMs),
        isCurrent,
      }
    }),
  }
}

/** The rows that derivations make or made, by derivation. */
async function readPackages(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, string[]>> {
  const rows = await readChunks([...new Set(ids)], (list) =>
    queryRows(
      db,
      sql`SELECT DISTINCT r."derivationId" AS "derivationId", a."row" AS "row"
        FROM "Result" r JOIN "Attribute" a ON a."id" = r."attributeId"
        WHERE r."derivationId" IN (${list}) ORDER BY 2`,
      { derivationId: integer, row: text },
    ),
  )
  const packages = new Map<number, string[]>()
  for (const { derivationId, row } of rows) packages.set(derivationId, [...(packages.get(derivationId) ?? []), row])
  return packages
}

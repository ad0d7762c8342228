import 'server-only'
import type { LinkedDerivation } from '@/lib/contract/derivation'
import type { Db } from '@/lib/db/client'
import { integer, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { derivationName } from '@/lib/domain/derivation-name'
import { statusOfCode } from '@/lib/domain/status'
import { readChunks } from './read-chunks'

/** These derivations by name, and what became of those that are known: as attributes, or as root causes alone. */
export async function readLinkedDerivations(db: Db, paths: readonly string[]): Promise<LinkedDerivation[]> {
  const statuses = new Map((await readStatuses(db, paths)).map(({ path, status }) => [path, status]))
  return paths
    .map((derivation) => {
      const code = statuses.get(derivation)
      return { derivation, name: derivationName(derivation), status: code === undefined ? null : statusOfCode(code) }
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** Causes first: what is stored of the derivation itself overrules them. */
async function readStatuses(db: Db, paths: readonly string[]) {
  const shape = { path: text, status: integer }
  const causes = await readChunks(paths, (list) =>
    queryRows(
      db,
      sql`SELECT "derivation" AS "path", MIN("status") AS "status" FROM "Cause"
        WHERE "derivation" IN (${list}) GROUP BY "derivation"`,
      shape,
    ),
  )
  const own = await readChunks(paths, (list) =>
    queryRows(
      db,
      sql`SELECT "path" AS "path", "status" AS "status" FROM "Derivation" WHERE "path" IN (${list})`,
      shape,
    ),
  )
  return [...causes, ...own]
}

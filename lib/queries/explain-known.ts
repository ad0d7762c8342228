import 'server-only'
import type { Db } from '@/lib/db/client'
import { integer, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { statusCode } from '@/lib/domain/status'
import { readChunks } from './read-chunks'

/** What an evaluation has of a store path: its derivation, or, of a root cause that is no attribute, only what became of it. */
export interface KnownPath {
  readonly derivation: string
  readonly derivationId: number | null
  readonly status: number
}

/** The store paths that evaluations have, as derivations, as outputs of them, or as root causes. */
export async function readKnownPaths(db: Db, paths: readonly string[]): Promise<ReadonlyMap<string, KnownPath>> {
  const derivations = paths.filter((path) => path.endsWith('.drv'))
  const known = new Map<string, KnownPath>()
  for (const { path, status } of await readCauses(db, derivations)) {
    known.set(path, { derivation: path, derivationId: null, status })
  }
  for (const { path, id, status } of await readDerivations(db, derivations)) {
    known.set(path, { derivation: path, derivationId: id, status })
  }
  // Several derivations may have one output; one that was built speaks for it, else the newest.
  const outputs = await readOutputs(
    db,
    paths.filter((path) => !path.endsWith('.drv')),
  )
  const isBuilt = (one: { status: number }) => one.status === statusCode('succeeded')
  for (const { path, ...output } of outputs) {
    const other = known.get(path)
    if (other !== undefined && isBuilt(other) && !isBuilt(output)) continue
    known.set(path, output)
  }
  return known
}

function readDerivations(db: Db, paths: readonly string[]) {
  return readChunks(paths, (list) =>
    queryRows(
      db,
      sql`SELECT "path" AS "path", "id" AS "id", "status" AS "status" FROM "Derivation" WHERE "path" IN (${list})`,
      { path: text, id: integer, status: integer },
    ),
  )
}

function readOutputs(db: Db, paths: readonly string[]) {
  return readChunks(paths, (list) =>
    queryRows(
      db,
      sql`SELECT o."path" AS "path", d."path" AS "derivation", d."id" AS "derivationId", d."status" AS "status"
        FROM "Output" o JOIN "Derivation" d ON d."id" = o."derivationId"
        WHERE o."path" IN (${list}) ORDER BY d."id"`,
      { path: text, derivation: text, derivationId: integer, status: integer },
    ),
  )
}

function readCauses(db: Db, paths: readonly string[]) {
  return readChunks(paths, (list) =>
    queryRows(
      db,
      sql`SELECT "derivation" AS "path", MIN("status") AS "status" FROM "Cause"
        WHERE "derivation" IN (${list}) GROUP BY "derivation"`,
      { path: text, status: integer },
    ),
  )
}

/** Those of these derivations that something in an evaluation needs, as far as inputs were read. */
export async function readDependencies(db: Db, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await readChunks(paths, (list) =>
    queryRows(db, sql`SELECT DISTINCT "input" AS "path" FROM "DerivationInput" WHERE "input" IN (${list})`, {
      path: text,
    }),
  )
  return new Set(found.map(({ path }) => path))
}

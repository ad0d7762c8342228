import 'server-only'
import type { Nearest } from '@/lib/contract/explain'
import type { Db } from '@/lib/db/client'
import { flag, integer, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { derivationName, parseDrvName } from '@/lib/domain/derivation-name'
import { nearestVersion } from '@/lib/domain/nearest-version'
import { compareVersions } from '@/lib/domain/nix-version'
import { siblingNames, withoutOutput } from '@/lib/domain/sibling-names'
import { statusOfCode } from '@/lib/domain/status'
import { PLACE, type PlacedPath, withEvaluations } from './explain-places'
import { groupedBy } from './grouped'
import { readChunks } from './read-chunks'

interface Named {
  readonly name: string
  readonly version: string
}

type Candidate = Named & PlacedPath & { readonly status: number; readonly isCached: boolean }

/** What comes nearest to store paths that no evaluation has, by path: of the same package, in the nearest version. */
export async function readNearest(db: Db, paths: readonly string[]): Promise<ReadonlyMap<string, Nearest>> {
  const wanted = paths.map((path) => ({ path, ...namedBy(path) }))
  const stored = groupedBy(
    await readVersions(
      db,
      wanted.flatMap(({ name }) => siblingNames(name)),
    ),
    ({ name }) => name,
  )
  const chosen = wanted.flatMap((one) => {
    const nearest = chooseNearest(one, stored)
    return nearest === null ? [] : { ...one, nearest }
  })
  const candidates = await readCandidates(
    db,
    chosen.map(({ nearest }) => nearest),
  )
  return new Map(
    chosen.flatMap(({ path, version, nearest }) => {
      const candidate = candidates.get(keyOf(nearest))
      return candidate === undefined ? [] : [[path, toNearest(candidate, version)] as const]
    }),
  )
}

function namedBy(path: string): Named {
  const name = derivationName(path)
  return parseDrvName(path.endsWith('.drv') ? name : withoutOutput(name))
}

/** The package itself before the same one in another version of its set (another Python). */
function chooseNearest({ name, version }: Named, stored: ReadonlyMap<string, readonly Named[]>): Named | null {
  const own = stored.get(name) ?? []
  const siblings = siblingNames(name).flatMap((sibling) => stored.get(sibling) ?? [])
  const among = own.length > 0 ? own : siblings
  const nearest = nearestVersion(
    among.map((one) => one.version),
    version,
  )
  return among.findLast((one) => one.version === nearest) ?? null
}

function readVersions(db: Db, names: readonly string[]): Promise<Named[]> {
  return readChunks(names, (list) =>
    queryRows(
      db,
      sql`SELECT DISTINCT "name" AS "name", "version" AS "version" FROM "Derivation" WHERE "name" IN (${list})`,
      { name: text, version: text },
    ),
  )
}

/** Of each name and version the newest that a cache has in full, else the newest. */
async function readCandidates(db: Db, chosen: readonly Named[]): Promise<ReadonlyMap<string, Candidate>> {
  const versions = [...new Set(chosen.map(({ version }) => version))]
  if (versions.length === 0) return new Map()
  const found = await readChunks(
    chosen.map(({ name }) => name),
    (names) =>
      queryRows(
        db,
        sql`SELECT * FROM (
          SELECT d."id" AS "derivationId", d."path" AS "derivation", d."name" AS "name", d."version" AS "version",
            d."status" AS "status", d."isCached" AS "isCached", a."row" AS "package", a."text" AS "attribute",
            a."variant" AS "variant", a."system" AS "system", e."branch" AS "branch",
            r."evaluationId" AS "evaluationId", r."attributeId" AS "attributeId",
            ROW_NUMBER() OVER (PARTITION BY d."name", d."version"
              ORDER BY d."isCached" DESC, e."startedMs" DESC, e."id" DESC, r."role" DESC, a."text") AS "place"
          FROM "Derivation" d
          JOIN "Result" r ON r."derivationId" = d."id"
          JOIN "Attribute" a ON a."id" = r."attributeId"
          JOIN "Evaluation" e ON e."id" = r."evaluationId"
          WHERE d."name" IN (${names}) AND d."version" IN (${joinSql(versions)})
        ) placed WHERE "place" = 1`,
        { ...PLACE, name: text, version: text, status: integer, isCached: flag },
      ),
  )
  return new Map((await withEvaluations(db, found)).map((candidate) => [keyOf(candidate), candidate]))
}

function keyOf({ name, version }: Named): string {
  return `${name} ${version}`
}

function toNearest(candidate: Candidate, wanted: string): Nearest {
  const { name, version, status, isCached, derivation, variant, system, branch, evaluation } = candidate
  const order = compareVersions(version, wanted)
  return {
    name: version === '' ? name : `${name}-${version}`,
    version,
    comparison: order === 0 ? 'same' : order < 0 ? 'older' : 'newer',
    status: statusOfCode(status),
    isCached,
    ...{ derivation, package: candidate.package, attribute: candidate.attribute },
    ...{ variant, system, branch, evaluation },
  }
}

import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { statusCode } from '@/lib/domain/status'
import { type SyncContext, writeFenced } from './context'
import { noteFact } from './note-fact'

interface RowFacts {
  readonly versions: Map<string, number>
  /** What a search finds the row by, beside its name. */
  readonly words: Set<string>
}

/** Lists the rows of the matrix anew: what some branch builds now, and every listed package. */
export async function rebuildRows(context: SyncContext): Promise<void> {
  const facts = await collectFacts(context)
  const headline = context.config.packages.filter((entry) => entry.headline).map(({ name }) => name)
  const rows = [...facts].map(([name, { versions, words }]): RowValues => {
    const place = headline.indexOf(name)
    return [name, place < 0 ? null : place, [name, ...words].join('\n').toLowerCase(), mostFrequent(versions)]
  })
  const lanes = JSON.stringify(await readLaneNames(context))
  if (await isStored(context, rows, lanes)) return
  await writeFenced(context, async (tx) => {
    await noteFact(tx, context.now())
    await tx.row.deleteMany()
    await insertRows(tx, {
      table: 'Row',
      columns: ['name', 'headline', 'search', 'version'],
      rows,
      onConflict: 'ignore',
    })
    await tx.meta.upsert({ where: { key: 'lanes' }, create: { key: 'lanes', value: lanes }, update: { value: lanes } })
  })
}

/** Per row its versions and the words that it is found by, from the cells of all branches. */
async function collectFacts(context: SyncContext): Promise<ReadonlyMap<string, RowFacts>> {
  const facts = new Map<string, RowFacts>(context.config.packages.map(({ name }) => [name, emptyFacts()]))
  for (const { row, version, packagePath, derivation } of await readCells(context)) {
    const known = facts.get(row) ?? emptyFacts()
    facts.set(row, known)
    if (version) known.versions.set(version, (known.versions.get(version) ?? 0) + 1)
    for (const word of [packagePath, derivation]) if (word !== null) known.words.add(withoutStore(word))
  }
  for (const { row, path } of await readOutputPaths(context)) facts.get(row)?.words.add(withoutStore(path))
  return facts
}

type RowValues = readonly [name: string, headline: number | null, search: string, version: string | null]

async function isStored({ db }: SyncContext, rows: readonly RowValues[], lanes: string): Promise<boolean> {
  const stored = await db.row.findMany()
  const known = new Set(
    stored.map(({ name, headline, search, version }) => JSON.stringify([name, headline, search, version])),
  )
  const meta = await db.meta.findUnique({ where: { key: 'lanes' } })
  return meta?.value === lanes && known.size === rows.length && rows.every((row) => known.has(JSON.stringify(row)))
}

function emptyFacts(): RowFacts {
  return { versions: new Map(), words: new Set() }
}

function readCells({ db, config }: SyncContext) {
  return queryRows(
    db,
    sql`SELECT c."row" AS "row", d."version" AS "version", a."package" AS "packagePath", d."path" AS "derivation"
      FROM "Cell" c LEFT JOIN "Derivation" d ON d."id" = c."derivationId" LEFT JOIN "Attribute" a ON a."id" = c."attributeId"
      WHERE c."lane" = '' AND c."status" <> ${statusCode('absent')}
        AND c."branch" IN (${joinSql(config.branches.map(({ name }) => name))})
      ORDER BY c."row", c."branch"`,
    { row: text, version: nullable(text), packagePath: nullable(text), derivation: nullable(text) },
  )
}

function readOutputPaths({ db, config }: SyncContext) {
  return queryRows(
    db,
    sql`SELECT c."row" AS "row", o."path" AS "path" FROM "Cell" c JOIN "Output" o ON o."derivationId" = c."derivationId"
      WHERE c."lane" = '' AND o."path" IS NOT NULL AND c."branch" IN (${joinSql(config.branches.map(({ name }) => name))})
      ORDER BY c."row", o."path"`,
    { row: text, path: text },
  )
}

/** Every store path begins alike: a search for "nix" means something else. */
function withoutStore(path: string): string {
  return path.replace(/^\/nix\/store\//, '')
}

/** Of equally frequent versions the first one seen, that of the first branch. */
function mostFrequent(versions: ReadonlyMap<string, number>): string | null {
  const most = Math.max(0, ...versions.values())
  return [...versions].find(([, count]) => count === most)?.[0] ?? null
}

async function readLaneNames({ db, config }: SyncContext): Promise<{ systems: string[]; variants: string[] }> {
  const lanes = await queryRows(
    db,
    sql`SELECT "system" AS "system", "variant" AS "variant", COUNT(*) AS "cells" FROM "Cell"
      WHERE "lane" <> '' AND "branch" IN (${joinSql(config.branches.map(({ name }) => name))})
      GROUP BY "system", "variant"`,
    { system: nullable(text), variant: nullable(text), cells: integer },
  )
  const names = (list: (string | null)[]) => [...new Set(list)].filter((name) => name !== null).sort()
  return { systems: names(lanes.map(({ system }) => system)), variants: names(lanes.map(({ variant }) => variant)) }
}

import { cpSync, mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { emptyDatabaseUrl } from '@/lib/testing/databases'
import { type Db, openDb } from './client'
import { migrate } from './migrate'
import { readMigrations } from './migrations'
import { PROVIDERS, type Provider } from './provider'
import { integer, queryRows, text } from './rows'
import { sql } from './sql'

/** Rows that other rows need, as the first version wrote them: a rebuilt table must not take these with it. */
async function addRowsOfFirstVersion(db: Db): Promise<void> {
  await db.$executeRaw(sql`INSERT INTO "Evaluation" ("id", "key", "source", "externalId", "handler", "number", "chainNumber",
      "branch", "url", "ciRevision", "state", "isComplete", "isSuperseded", "startedMs", "lock", "graph")
    VALUES (1, 'e', 'ci', 'job', 'h', 1, 1, 'master', 'u', 'r', 'finished', TRUE, FALSE, 1, 'read', 'read')`)
  await db.$executeRaw(sql`INSERT INTO "Attribute" ("id", "source", "path", "text", "package", "row", "rank")
    VALUES (1, 'ci', '["torch"]', 'torch', 'torch', 'torch', '[]')`)
  await db.$executeRaw(sql`INSERT INTO "Derivation" ("id", "path", "name", "version", "status")
    VALUES (1, '/nix/store/torch.drv', 'torch', '1', 1)`)
  await db.$executeRaw(sql`INSERT INTO "Result" ("evaluationId", "attributeId", "derivationId", "status", "judgement", "position", "role")
    VALUES (1, 1, 1, 1, 0, 0, 2)`)
  await db.$executeRaw(
    sql`INSERT INTO "Output" ("id", "derivationId", "name", "path") VALUES (1, 1, 'out', '/nix/store/torch')`,
  )
  await db.$executeRaw(sql`INSERT INTO "Presence" ("outputId", "cache", "presence") VALUES (1, 'near', 1)`)
  await db.$executeRaw(sql`INSERT INTO "Cell" ("branch", "row", "lane", "place", "evaluationId", "attributeId", "derivationId",
      "status", "judgement", "isReady", "isChanged", "strip")
    VALUES ('master', 'torch', '', 0, 1, 1, 1, 1, 0, TRUE, FALSE, '')`)
  await db.$executeRaw(
    sql`INSERT INTO "BranchState" ("branch", "counts", "ready", "packages") VALUES ('master', '{}', 1, 1)`,
  )
}

describe.each(PROVIDERS)('An upgrade (%s)', (provider) => {
  it('from the first version keeps every row and what it refers to', async () => {
    const url = await emptyDatabaseUrl(provider)
    const [first = '', ...later] = readMigrations(process.cwd(), provider).map(({ name }) => name)
    await migrate(url, { root: rootWith(provider, first) })
    const db = openDb(url)
    try {
      await addRowsOfFirstVersion(db)
      expect(await migrate(url)).toEqual(later)
      const rows = await queryRows(
        db,
        sql`SELECT c."row" AS "row", d."path" AS "derivation", o."path" AS "output", p."cache" AS "cache",
            e."key" AS "evaluation", b."ready" AS "ready"
          FROM "Cell" c JOIN "Result" r ON r."evaluationId" = c."evaluationId" JOIN "Evaluation" e ON e."id" = r."evaluationId"
          JOIN "Derivation" d ON d."id" = r."derivationId" JOIN "Output" o ON o."derivationId" = d."id"
          JOIN "Presence" p ON p."outputId" = o."id" JOIN "BranchState" b ON b."branch" = c."branch"`,
        { row: text, derivation: text, output: text, cache: text, evaluation: text, ready: integer },
      )
      expect(rows).toEqual([
        {
          ...{ row: 'torch', derivation: '/nix/store/torch.drv', output: '/nix/store/torch' },
          ...{ cache: 'near', evaluation: 'e', ready: 1 },
        },
      ])
    } finally {
      await db.$disconnect()
    }
  })
})

/** A program that has this migration alone. */
function rootWith(provider: Provider, name: string): string {
  const root = mkdtempSync(join(inject('databases').folder, 'first-'))
  const folder = join('prisma/migrations', provider, name)
  mkdirSync(join(root, folder), { recursive: true })
  cpSync(folder, join(root, folder), { recursive: true })
  return root
}

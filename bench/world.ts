import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, ConfigFileSchema, toConfig } from '@/lib/config/schema'
import { insertRows } from '@/lib/db/bulk'
import { type Db, openDb } from '@/lib/db/client'
import { migrate } from '@/lib/db/migrate'
import { joinSql, sql } from '@/lib/db/sql'
import { presenceCode } from '@/lib/domain/presence'
import { statusCode } from '@/lib/domain/status'
import type { SyncContext } from '@/lib/sync/context'
import { rebuildBranch } from '@/lib/sync/rebuild-branch'
import { rebuildRows } from '@/lib/sync/rebuild-rows'

export const PACKAGES = 5_000
export const BRANCHES = ['master', 'nixos-unstable', 'nixpkgs-unstable', 'release'] as const
/** Evaluations for which an attribute keeps its derivation: most packages do not change every day. */
const GENERATION = 5
const DAY_MS = 86_400_000
const BEGIN_MS = Date.parse('2026-01-01T00:00:00Z')

/** A synthetic database whose matrix is drawn up, and what is needed to sync on. */
export interface World {
  readonly folder: string
  readonly db: Db
  readonly config: Config
  readonly context: SyncContext
  readonly evaluations: number
  readonly now: Date
}

/** Makes a SQLite database of all packages on all branches with so many evaluations on each. */
export async function makeWorld(perBranch: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'flakeboard-bench-'))
  const url = `file:${join(folder, 'bench.db')}`
  await migrate(url)
  const db = openDb(url)
  const config = benchConfig()
  const now = new Date(BEGIN_MS + perBranch * DAY_MS)
  const context = contextOf(db, config, now)
  await db.lease.create({ data: { name: 'sync', runId: context.runId, heartbeatMs: 0n } })
  await addAttributes(db)
  for (let number = 0; number < perBranch; number += 1) await addDay(db, number)
  await addOutputs(db, perBranch - 1)
  for (const branch of config.branches) await rebuildBranch(context, branch)
  await rebuildRows(context)
  return { db, folder, config, context, evaluations: perBranch * BRANCHES.length, now }
}

/** Ends a world and deletes its database. */
export async function removeWorld({ db, folder }: World): Promise<void> {
  await db.$disconnect()
  rmSync(folder, { recursive: true, force: true })
}

function benchConfig(): Config {
  const publicKeys = ['key-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=']
  const cache = (id: string) => ({ id, kind: 'binary-cache' as const, url: `https://${id}.example`, publicKeys })
  return toConfig(
    ConfigFileSchema.parse({
      sources: [{ id: 'ci', kind: 'hercules-ci', site: 'github', account: 'account', project: 'project' }],
      caches: [cache('near'), cache('far')],
      branches: BRANCHES.map((name) => ({ name })),
    }),
  )
}

/** Nothing here asks an upstream. */
function contextOf(db: Db, config: Config, now: Date): SyncContext {
  return {
    db,
    config,
    runId: 'bench',
    sources: [],
    caches: [],
    locks: new Map(),
    upstream: { readBranchHead: () => Promise.reject(new Error('The benchmarks are offline.')) },
    isFull: false,
    isByPerson: false,
    now: () => now,
    startedAt: now,
    counts: { evaluations: 0, results: 0, checks: 0 },
    faults: [],
    signal: new AbortController().signal,
  }
}

async function addAttributes(db: Db): Promise<void> {
  const rows = Array.from({ length: PACKAGES }, (_, index) => {
    const name = `python3Packages.package-${String(index).padStart(4, '0')}`
    const path = ['defaultChecks', 'x86_64-linux', `basic_${name}`]
    return [index + 1, 'ci', JSON.stringify(path), `${path.join('.')}`, name, 'basic', 'x86_64-linux', name, '[0,0]']
  })
  const columns = ['id', 'source', 'path', 'text', 'package', 'variant', 'system', 'row', 'rank']
  await insertRows(db, { table: 'Attribute', columns, rows, onConflict: 'ignore' })
}

/** One more evaluation of every branch, with a result for each attribute. Hashes are random: they must not compress. */
export async function addDay(db: Db, number: number): Promise<void> {
  const ids = await addEvaluations(db, number)
  if (number % GENERATION === 0) {
    await db.$executeRaw(sql`
      INSERT INTO "Derivation" ("id", "path", "name", "version", "status", "isCached")
      SELECT e."id" * 10000 + a."id", '/nix/store/' || lower(hex(randomblob(16))) || '-' || a."row" || '.drv',
        a."row", '1.' || e."number", ${statusCode('succeeded')}, FALSE
      FROM "Evaluation" e CROSS JOIN "Attribute" a WHERE e."id" IN (${joinSql(ids)})`)
  }
  // Each package breaks for ten evaluations out of five hundred, two of a hundred at a time.
  await db.$executeRaw(sql`
    INSERT INTO "Result" ("evaluationId", "attributeId", "derivationId", "status", "judgement", "position", "role")
    SELECT e."id", a."id", (e."id" - e."number" % ${GENERATION}) * 10000 + a."id",
      CASE WHEN a."id" % 50 = e."number" / 10 % 50 THEN ${statusCode('failed')} ELSE ${statusCode('succeeded')} END,
      0, a."id", 2
    FROM "Evaluation" e CROSS JOIN "Attribute" a WHERE e."id" IN (${joinSql(ids)})`)
  await db.$executeRaw(sql`
    INSERT INTO "Cause" ("evaluationId", "attributeId", "position", "derivation", "name", "status")
    SELECT r."evaluationId", r."attributeId", 0, d."path", d."name", r."status"
    FROM "Result" r JOIN "Derivation" d ON d."id" = r."derivationId"
    WHERE r."evaluationId" IN (${joinSql(ids)}) AND r."status" = ${statusCode('failed')}`)
}

async function addEvaluations(db: Db, number: number): Promise<number[]> {
  const ids = BRANCHES.map((_, index) => (index + 1) * 1_000 + number)
  const startedMs = BEGIN_MS + number * DAY_MS
  const hex = number.toString(16).padStart(40, '0')
  await db.evaluation.createMany({
    data: BRANCHES.map((branch, index) => ({
      id: ids[index] ?? 0,
      key: `${hex.slice(-20)}${index}`,
      source: 'ci',
      externalId: `00000000-0000-0000-${index}-${hex.slice(-12)}`,
      handler: 'OnPush/default',
      number,
      chainNumber: number,
      branch,
      ref: branch,
      url: `https://hercules-ci.com/github/account/project/jobs/${number}`,
      ciRevision: hex,
      state: 'finished',
      isComplete: true,
      isSuperseded: false,
      startedMs,
      finishedMs: startedMs + 3_600_000,
      observedMs: startedMs + 3_600_000,
      nixpkgsRevision: hex,
      nixpkgsDateMs: startedMs - DAY_MS,
      lock: 'read',
      graph: 'read',
    })),
  })
  return ids
}

/** Two outputs for whatever the matrix shows, each asked for in both caches; nine in ten are cached. */
async function addOutputs(db: Db, shown: number): Promise<void> {
  const ids = BRANCHES.map((_, index) => (index + 1) * 1_000 + shown)
  for (const name of ['out', 'dev']) {
    await db.$executeRaw(sql`
      INSERT INTO "Output" ("derivationId", "name", "path")
      SELECT d."id", ${name}, '/nix/store/' || lower(hex(randomblob(16))) || '-' || d."name" || '-' || ${name}
      FROM "Result" r JOIN "Derivation" d ON d."id" = r."derivationId" WHERE r."evaluationId" IN (${joinSql(ids)})`)
  }
  for (const { id: cache } of benchConfig().caches) {
    await db.$executeRaw(sql`
      INSERT INTO "Presence" ("outputId", "cache", "presence", "checkedMs")
      SELECT o."id", ${cache},
        CASE WHEN o."derivationId" % 10 = 0 THEN ${presenceCode('missing')} ELSE ${presenceCode('cached')} END, 1792000000000
      FROM "Output" o`)
  }
  await db.$executeRaw(sql`
    UPDATE "Derivation" SET "isCached" = TRUE, "presence" = ${presenceCode('cached')}
    WHERE "id" % 10 <> 0 AND "id" IN (SELECT "derivationId" FROM "Output")`)
}

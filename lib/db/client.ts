import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '@/lib/env'
import { PrismaClient as PostgresqlClient } from '@/lib/generated/postgresql/client'
import { type Prisma, PrismaClient as SqliteClient } from '@/lib/generated/sqlite/client'
import { metrics } from '@/lib/metrics/metrics'
import { type Provider, providerOf } from './provider'
import { sqliteAdapter } from './sqlite-adapter'
import { type OnStatement, timedAdapter } from './timed-adapter'

/** A database, whichever of the two it is: the clients are generated from one schema and differ in nothing used here. */
export type Db = SqliteClient
/** A transaction, as `db.$transaction(async (tx) => …)` hands it over. Helpers that take a `Tx` take a `Db` too. */
export type Tx = Prisma.TransactionClient

// Waiting for the one writer of SQLite, and the longest transaction (one large evaluation), with room to spare.
const TRANSACTION_OPTIONS = { maxWait: 30_000, timeout: 120_000 }

declare global {
  // Kept outside the module, which Next loads several times in one process (hot reload, separate bundles).
  var flakeboardDb: Db | undefined
}

/** A new client of the database; who opens it ends it with `$disconnect()`. Throws on a URL of another kind. */
export function openDb(url: string): Db {
  const open = {
    sqlite: () =>
      new SqliteClient({ adapter: timedAdapter(sqliteAdapter(url), observe), transactionOptions: TRANSACTION_OPTIONS }),
    postgresql: () =>
      asDb(
        new PostgresqlClient({
          adapter: timedAdapter(new PrismaPg({ connectionString: url }), observe),
          transactionOptions: TRANSACTION_OPTIONS,
        }),
      ),
  } satisfies Record<Provider, () => Db>
  return open[providerOf(url)]()
}

const observe: OnStatement = (kind, seconds) => metrics().querySeconds.observe({ kind }, seconds)

/** The client of this process, opened on first use. */
export function db(): Db {
  globalThis.flakeboardDb ??= openDb(env().DATABASE_URL)
  return globalThis.flakeboardDb
}

/** Ends the client of this process, if there is one. */
export async function closeDb(): Promise<void> {
  const open = globalThis.flakeboardDb
  globalThis.flakeboardDb = undefined
  await open?.$disconnect()
}

// Both clients come from the same models; cli/generate.mjs exchanges the provider only, and the suites run on both.
function asDb(client: PostgresqlClient): Db {
  return client as unknown as Db
}

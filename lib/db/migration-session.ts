import 'server-only'
import { fileURLToPath } from 'node:url'
import Libsql from 'libsql'
import pg from 'pg'
import { mutex } from './mutex'
import { type Provider, providerOf } from './provider'
import { sqliteConfigOf } from './sqlite-adapter'

type Bound = string | number
type Row = Record<string, unknown>

/** One connection for migrating: what the two databases do differently. */
export type Session = {
  /** Starts the transaction, after every other process that migrates has ended its own. */
  begin: () => Promise<void>
  /** Runs several statements. */
  script: (sql: string) => Promise<void>
  query: (sql: string, values?: readonly Bound[]) => Promise<Row[]>
  hasTable: (name: string) => Promise<boolean>
  createMigrationsTable: () => Promise<void>
  /** A time as Prisma writes it into `_prisma_migrations`. */
  time: (time: Date) => Bound
  commit: () => Promise<void>
  close: () => Promise<void>
}

export function openSession(url: string): Promise<Session> {
  const open = { sqlite: openSqlite, postgresql: openPostgresql } satisfies Record<Provider, typeof openSqlite>
  return open[providerOf(url)](url)
}

// libsql waits for a lock without giving way to whoever holds it in the same process: those take turns.
const sqliteLock = mutex()

async function openSqlite(url: string): Promise<Session> {
  const { url: fileUrl, timeout } = sqliteConfigOf(url)
  const database = new Libsql(fileURLToPath(fileUrl), { timeout })
  database.exec('PRAGMA journal_mode = WAL')
  // Rebuilding a table drops the old one, which must not cascade; commit checks the references instead.
  database.exec('PRAGMA foreign_keys = OFF')
  let release = () => {}
  const query = (sql: string, values: readonly Bound[] = []) => asRows(database.prepare(sql).all(...values))
  return {
    begin: async () => {
      release = await sqliteLock()
      database.exec('BEGIN IMMEDIATE')
    },
    script: async (sql) => void database.exec(sql),
    query: async (sql, values) => query(sql, values),
    hasTable: async (name) =>
      query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", [name]).length > 0,
    createMigrationsTable: async () => void database.exec(SQLITE_TABLE),
    time: (time) => time.getTime(),
    commit: async () => {
      const [broken] = query('PRAGMA foreign_key_check')
      if (broken) throw new Error(`The migration would break references of the table ${String(broken.table)}.`)
      database.exec('COMMIT')
    },
    close: async () => {
      // Closing alone keeps the lock for as long as a statement is not collected.
      if (database.inTransaction) database.exec('ROLLBACK')
      database.close()
      release()
    },
  }
}

async function openPostgresql(url: string): Promise<Session> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const query = async (sql: string, values: readonly Bound[] = []) => (await client.query(sql, [...values])).rows
  return {
    begin: async () => {
      await client.query('BEGIN')
      await client.query('SELECT pg_advisory_xact_lock($1)', [PRISMA_LOCK_ID])
    },
    script: async (sql) => void (await client.query(sql)),
    query,
    hasTable: async (name) => (await query('SELECT to_regclass($1) AS found', [name]))[0]?.found !== null,
    createMigrationsTable: async () => void (await client.query(POSTGRESQL_TABLE)),
    time: (time) => time.toISOString(),
    commit: async () => void (await client.query('COMMIT')),
    close: () => client.end(),
  }
}

// libsql answers rows as objects by column name.
function asRows(rows: unknown[]): Row[] {
  return rows as Row[]
}

// The advisory lock that `prisma migrate` takes, so that the two never run at once.
const PRISMA_LOCK_ID = 72_707_369

const SQLITE_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

const POSTGRESQL_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`

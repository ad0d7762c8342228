import 'server-only'
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils'
import { mutex } from './mutex'

const BUSY_TIMEOUT_MS = 5_000

/** Absolute path of the file that a `file:` URL names; relative ones count from the working directory. Throws on URLs with parameters. */
export function sqlitePathOf(url: string): string {
  const rest = url.slice('file:'.length)
  if (rest === '' || /[?#]/.test(rest) || rest.includes(':memory:')) {
    throw new Error(`DATABASE_URL must name a file, as in file:./data/flakeboard.db (it is ${url})`)
  }
  return rest.startsWith('//') ? fileURLToPath(url) : resolve(decodeURIComponent(rest))
}

/** What libsql is to be told to open the database file, whose folder is made if need be. */
export function sqliteConfigOf(url: string): { url: string; timeout: number } {
  const path = sqlitePathOf(url)
  mkdirSync(dirname(path), { recursive: true })
  return { url: pathToFileURL(path).href, timeout: BUSY_TIMEOUT_MS }
}

/**
 * Prisma's own libsql adapter, twice: one connection that writes, one transaction at a time, and one that only reads
 * and therefore never waits for a transaction of this process. The stock adapter lets readers wait, starts transactions
 * `deferred` (which fail at once when another process wrote meanwhile) and opens a new connection after each of them.
 */
export function sqliteAdapter(url: string): SqlDriverAdapterFactory {
  const stock = new PrismaLibSql(sqliteConfigOf(url))
  return {
    provider: stock.provider,
    adapterName: stock.adapterName,
    connect: async () => {
      const [reader, writer] = [await stock.connect(), await stock.connect()]
      await writer.executeScript('PRAGMA journal_mode = WAL')
      await reader.executeScript('PRAGMA query_only = ON')
      return joined(reader, writer)
    },
  }
}

function joined(reader: SqlDriverAdapter, writer: SqlDriverAdapter): SqlDriverAdapter {
  const lock = mutex()
  const exclusively = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await lock()
    return work().finally(release)
  }
  return {
    provider: writer.provider,
    adapterName: writer.adapterName,
    queryRaw: (query) => (isRead(query.sql) ? reader.queryRaw(query) : exclusively(() => writer.queryRaw(query))),
    executeRaw: (query) => exclusively(() => writer.executeRaw(query)),
    executeScript: (script) => exclusively(() => writer.executeScript(script)),
    startTransaction: async () => {
      const release = await lock()
      try {
        await writer.executeRaw(statement('BEGIN IMMEDIATE'))
        return transactionOn(writer, release)
      } catch (error) {
        release()
        throw error
      }
    },
    dispose: async () => {
      await reader.dispose()
      await writer.dispose()
    },
  }
}

function transactionOn(writer: SqlDriverAdapter, release: () => void): Transaction {
  const run = async (sql: string) => {
    await writer.executeRaw(statement(sql))
  }
  return {
    provider: writer.provider,
    adapterName: writer.adapterName,
    // No phantom query: commit and rollback below are the real ones.
    options: { usePhantomQuery: true },
    queryRaw: (query) => writer.queryRaw(query),
    executeRaw: (query) => writer.executeRaw(query),
    commit: () =>
      run('COMMIT')
        .catch(async (error: unknown) => {
          await run('ROLLBACK').catch(() => undefined)
          throw error
        })
        .finally(release),
    // A transaction that SQLite itself ended (disk full) cannot be rolled back once more.
    rollback: () =>
      run('ROLLBACK')
        .catch(() => undefined)
        .finally(release),
    createSavepoint: (name) => run(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => run(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => run(`RELEASE SAVEPOINT ${name}`),
  }
}

// What is taken for a write by mistake only waits; what is taken for a read by mistake is refused by query_only.
function isRead(sql: string): boolean {
  return /^\s*SELECT\b/i.test(sql) || (/^\s*WITH\b/i.test(sql) && !/\b(?:INSERT|UPDATE|DELETE)\b/i.test(sql))
}

function statement(sql: string): SqlQuery {
  return { sql, args: [], argTypes: [] }
}

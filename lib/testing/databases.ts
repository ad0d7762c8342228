import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import { type Db, openDb } from '@/lib/db/client'
import { PROVIDERS, type Provider } from '@/lib/db/provider'

/** Makes the URL of a database of its own that is migrated and empty. */
export type FreshUrl = () => Promise<string>

/**
 * A suite that runs on a private SQLite file and on a private database of a real PostgreSQL server.
 * `fresh` opens a database that is migrated and empty, and closes it after the suite; `freshUrl` only makes one.
 */
export function describeOnBothDatabases(
  name: string,
  define: (fresh: () => Promise<Db>, freshUrl: FreshUrl) => void,
): void {
  for (const provider of PROVIDERS) {
    describe(`${name} (${provider})`, () => {
      const opened: Db[] = []
      afterAll(async () => {
        await Promise.all(opened.map((client) => client.$disconnect()))
      })
      const freshUrl = () => FRESH_URL[provider]({ isEmpty: false })
      define(async () => {
        const client = openDb(await freshUrl())
        opened.push(client)
        return client
      }, freshUrl)
    })
  }
}

/** The URL of a database of its own without any table. */
export function emptyDatabaseUrl(provider: Provider): Promise<string> {
  return FRESH_URL[provider]({ isEmpty: true })
}

const FRESH_URL = {
  sqlite: async ({ isEmpty }) => {
    const { folder, sqliteTemplate } = inject('databases')
    const path = join(folder, `${randomUUID()}.db`)
    if (!isEmpty) copyFileSync(sqliteTemplate, path)
    return `file:${path}`
  },
  postgresql: async ({ isEmpty }) => {
    const { postgresqlUrl, postgresqlTemplate } = inject('databases')
    const name = `test_${randomUUID().replaceAll('-', '')}`
    const client = new pg.Client({ connectionString: postgresqlUrl })
    await client.connect()
    try {
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${isEmpty ? 'template0' : postgresqlTemplate}`)
    } finally {
      await client.end()
    }
    return Object.assign(new URL(postgresqlUrl), { pathname: name }).href
  },
} satisfies Record<Provider, (options: { isEmpty: boolean }) => Promise<string>>

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/lib/db/migrate'
import { startPostgres } from './postgres-server'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the suites get their databases: copies of migrated, empty ones. */
    databases: { folder: string; sqliteTemplate: string; postgresqlUrl: string; postgresqlTemplate: string }
  }
}

const TEMPLATE = 'flakeboard_template'

/** Before the first database test: a server of our own, and one migrated database of each kind to copy. Returns its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'flakeboard-test-'))
  const sqliteTemplate = join(folder, 'template.db')
  const { root } = project.config
  await migrate(`file:${sqliteTemplate}`, { root })

  const server = await startPostgres()
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  await client.end()
  await migrate(Object.assign(new URL(server.url), { pathname: TEMPLATE }).href, { root })

  project.provide('databases', {
    folder,
    sqliteTemplate,
    postgresqlUrl: server.url,
    postgresqlTemplate: TEMPLATE,
  })
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

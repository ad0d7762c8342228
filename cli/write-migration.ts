// npm run migration -- <name>: writes the SQL that leads from the migrations to prisma/schema.prisma, for both databases.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@/lib/db/migrate'
import type { Provider } from '@/lib/db/provider'
import { diffSql } from '@/lib/db/schema-engine'
import { startPostgres } from '@/lib/testing/postgres-server'

const root = join(import.meta.dirname, '..')

async function main(name: string | undefined): Promise<void> {
  if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
    throw new Error('Give the migration a name of small letters, digits and _')
  }
  const folder = mkdtempSync(join(tmpdir(), 'flakeboard-migration-'))
  const server = await startPostgres()
  try {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    await write('sqlite', `file:${join(folder, 'empty.db')}`, `${stamp}_${name}`)
    await write('postgresql', server.url, `${stamp}_${name}`)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function write(provider: Provider, url: string, name: string): Promise<void> {
  mkdirSync(join(root, 'prisma/migrations', provider), { recursive: true })
  await migrate(url, { root })
  const sql = await diffSql(url, readFileSync(join(root, 'prisma/schema.prisma'), 'utf8'))
  if (sql === '') {
    console.log(`${provider}: the migrations already lead to the schema`)
    return
  }
  const path = join('prisma/migrations', provider, name, 'migration.sql')
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), provider === 'postgresql' ? bytewise(sql) : sql)
  console.log(path)
}

// PostgreSQL then orders, compares and lowers text as SQLite does, whatever the server's locale.
function bytewise(sql: string): string {
  return sql.replace(/^(\s*"\w+" TEXT|.* ADD COLUMN\s+"\w+" TEXT)\b/gm, '$1 COLLATE "C"')
}

await main(process.argv[2])

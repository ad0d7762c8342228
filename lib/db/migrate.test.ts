import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { emptyDatabaseUrl } from '@/lib/testing/databases'
import { openDb } from './client'
import { isMigrated, migrate } from './migrate'
import { readMigrations } from './migrations'
import { PROVIDERS } from './provider'
import { queryRows, text } from './rows'
import { diffSql } from './schema-engine'
import { sql } from './sql'

const ROOT = process.cwd()
const schema = readFileSync('prisma/schema.prisma', 'utf8')

describe.each(PROVIDERS)('migrate (%s)', (provider) => {
  const NAMES = readMigrations(ROOT, provider).map(({ name }) => name)

  it('leads an empty database to exactly what prisma/schema.prisma says', async () => {
    const url = await emptyDatabaseUrl(provider)
    expect(await diffSql(url, schema)).toContain('CREATE TABLE')
    await migrate(url)
    expect(await diffSql(url, schema)).toBe('')
  })

  it('applies each migration once, telling its progress', async () => {
    const url = await emptyDatabaseUrl(provider)
    const told: string[] = []
    expect(await isMigrated(url)).toBe(false)
    expect(
      await migrate(url, { onProgress: ({ name, done, total }) => told.push(`${name} ${done}/${total}`) }),
    ).toEqual(NAMES)
    expect(told).toEqual(NAMES.map((name, index) => `${name} ${index}/${NAMES.length}`))
    expect(await isMigrated(url)).toBe(true)
    expect(await migrate(url)).toEqual([])
  })

  it('lets one of several that start at once do the work', async () => {
    const url = await emptyDatabaseUrl(provider)
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)])
    expect(applied.flat()).toEqual(NAMES)
  })

  it('refuses a database whose migration was edited since', async () => {
    const url = await emptyDatabaseUrl(provider)
    const root = copiedRoot()
    await migrate(url, { root })
    const path = join(root, 'prisma/migrations', provider, NAMES[0] ?? '', 'migration.sql')
    writeFileSync(path, `${readFileSync(path, 'utf8')}-- edited\n`)
    await expect(migrate(url, { root })).rejects.toThrow(`The migration ${NAMES[0]} was changed`)
  })

  it('refuses a database of a newer version', async () => {
    const url = await emptyDatabaseUrl(provider)
    await migrate(url, { root: withMigration('CREATE TABLE later (id INTEGER)') })
    await expect(migrate(url)).rejects.toThrow('99990101000000_later, which this program does not know')
    expect(await isMigrated(url)).toBe(false)
  })

  it('leaves nothing of a migration that fails half-way, and succeeds once it is mended', async () => {
    const url = await emptyDatabaseUrl(provider)
    await migrate(url)
    const broken = withMigration('CREATE TABLE later (id INTEGER); INSERT INTO nowhere VALUES (1)')
    await expect(migrate(url, { root: broken })).rejects.toThrow('nowhere')
    expect(await isMigrated(url)).toBe(true)
    const mended = withMigration('CREATE TABLE later (id INTEGER)')
    expect(await migrate(url, { root: mended })).toEqual(['99990101000000_later'])
  })

  it('records what Prisma would', async () => {
    const url = await emptyDatabaseUrl(provider)
    await migrate(url)
    const db = openDb(url)
    const query = sql`SELECT "migration_name" AS "name", "checksum" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL`
    const rows = await queryRows(db, query, { name: text, checksum: text })
    await db.$disconnect()
    expect(rows).toEqual(readMigrations(ROOT, provider).map(({ name, checksum }) => ({ name, checksum })))
  })

  function withMigration(statements: string): string {
    const root = copiedRoot()
    const folder = join(root, 'prisma/migrations', provider, '99990101000000_later')
    mkdirSync(folder)
    writeFileSync(join(folder, 'migration.sql'), statements)
    return root
  }
})

it('writes the text columns of PostgreSQL so that they sort as in SQLite', () => {
  const columns = readMigrations(ROOT, 'postgresql').flatMap(({ sql }) => sql.match(/^.*"\w+" TEXT\b.*$/gm) ?? [])
  expect(columns.length).toBeGreaterThan(50)
  expect(columns.filter((column) => !column.includes('TEXT COLLATE "C"'))).toEqual([])
})

function copiedRoot(): string {
  const root = mkdtempSync(join(inject('databases').folder, 'root-'))
  cpSync(join(ROOT, 'prisma/migrations'), join(root, 'prisma/migrations'), { recursive: true })
  return root
}

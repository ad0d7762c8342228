import 'server-only'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Provider } from './provider'

/** One migration of this program, in Prisma's layout: the folder's name, its SQL and the checksum Prisma records. */
export type Migration = { name: string; sql: string; checksum: string }

/** A row of `_prisma_migrations`, as far as it decides anything. */
export type AppliedMigration = { name: string; checksum: string; isFinished: boolean }

/** The migrations under `<root>/prisma/migrations/<provider>`, oldest first. */
export function readMigrations(root: string, provider: Provider): Migration[] {
  const folder = join(root, 'prisma/migrations', provider)
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The migrations that the database still lacks. Throws when it has another history than this program knows. */
export function pendingMigrations(known: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  for (const { name, checksum, isFinished } of applied) {
    const migration = known.find((candidate) => candidate.name === name)
    if (migration === undefined) {
      throw new Error(
        `The database has the migration ${name}, which this program does not know: start a newer version.`,
      )
    }
    if (!isFinished) {
      throw new Error(`The migration ${name} was begun by another tool and never finished: restore the database first.`)
    }
    if (migration.checksum !== checksum) {
      throw new Error(`The migration ${name} was changed after the database got it: put its file back as it was.`)
    }
  }
  const names = new Set(applied.map(({ name }) => name))
  return known.filter(({ name }) => !names.has(name))
}

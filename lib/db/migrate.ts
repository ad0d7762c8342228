import 'server-only'
import { randomUUID } from 'node:crypto'
import { env } from '@/lib/env'
import { openSession, type Session } from './migration-session'
import { type AppliedMigration, type Migration, pendingMigrations, readMigrations } from './migrations'
import { providerOf } from './provider'

export type MigrateOptions = {
  /** Called before each migration; `done` counts from 0. */
  onProgress?: (progress: { name: string; done: number; total: number }) => void
  /** Folder that holds `prisma/migrations`: the project's, or the standalone server's, which both run from there. */
  root?: string
}

/**
 * Brings the database to this program's schema and returns the names of the migrations applied now, oldest first.
 * All of them in one transaction that other processes wait for, so an interrupted one leaves nothing behind.
 * Throws, having changed nothing, when the database was made by a newer version or a migration was edited since.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { root = process.cwd(), onProgress = () => {} } = options
  const known = readMigrations(root, providerOf(url))
  const session = await openSession(url)
  try {
    await session.begin()
    await session.createMigrationsTable()
    const pending = pendingMigrations(known, await readApplied(session))
    for (const [done, migration] of pending.entries()) {
      onProgress({ name: migration.name, done, total: pending.length })
      await apply(session, migration)
    }
    await session.commit()
    return pending.map(({ name }) => name)
  } finally {
    // Without a commit this rolls back.
    await session.close()
  }
}

/** Whether the database has exactly the migrations of this program. Throws when it cannot be reached, or was tampered with. */
export async function isMigrated(url: string = env().DATABASE_URL, { root = process.cwd() } = {}): Promise<boolean> {
  const session = await openSession(url)
  try {
    if (!(await session.hasTable('_prisma_migrations'))) return false
    const applied = await readApplied(session)
    const known = readMigrations(root, providerOf(url))
    return applied.length === known.length && pendingMigrations(known, applied).length === 0
  } finally {
    await session.close()
  }
}

async function readApplied(session: Session): Promise<AppliedMigration[]> {
  const rows = await session.query(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name',
  )
  return rows.map((row) => ({
    name: String(row.migration_name),
    checksum: String(row.checksum),
    isFinished: row.finished_at !== null,
  }))
}

async function apply(session: Session, { name, sql, checksum }: Migration): Promise<void> {
  const startedAt = new Date()
  await session.script(sql)
  await session.query(
    'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, $4, $5, 1)',
    [randomUUID(), checksum, name, session.time(startedAt), session.time(new Date())],
  )
}

import { describe, expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { openDb } from './client'
import { providerOf } from './provider'
import { sqlitePathOf } from './sqlite-adapter'
import { fromMs, toMs } from './time'

describeOnBothDatabases('A transaction', (fresh, freshUrl) => {
  it('is not seen by readers, who do not wait for it either, until it is committed', async () => {
    const db = await fresh()
    await db.$transaction(async (tx) => {
      await tx.meta.create({ data: { key: 'a', value: 'b' } })
      expect(await tx.meta.count()).toBe(1)
      expect(await db.meta.count()).toBe(0)
    })
    expect(await db.meta.count()).toBe(1)
  })

  it('waits for the one before, and both count', async () => {
    const db = await fresh()
    await db.meta.create({ data: { key: 'n', value: '0' } })
    const increment = () =>
      db.$transaction(async (tx) => {
        // PostgreSQL needs the lock to be asked for; SQLite has one writer at a time.
        await tx.meta.update({ where: { key: 'n' }, data: { key: 'n' } })
        const { value } = await tx.meta.findUniqueOrThrow({ where: { key: 'n' } })
        await tx.meta.update({ where: { key: 'n' }, data: { value: String(Number(value) + 1) } })
      })
    await Promise.all(Array.from({ length: 20 }, increment))
    expect(await db.meta.findUnique({ where: { key: 'n' } })).toEqual({ key: 'n', value: '20' })
  })

  it('can be nested in nothing: a second failing one leaves the connection usable', async () => {
    const db = await fresh()
    const failing = () =>
      db.$transaction(async (tx) => {
        await tx.meta.create({ data: { key: 'a', value: 'b' } })
        await tx.meta.create({ data: { key: 'a', value: 'b' } })
      })
    await expect(failing()).rejects.toThrow('Unique constraint')
    await expect(failing()).rejects.toThrow('Unique constraint')
    await db.meta.create({ data: { key: 'a', value: 'c' } })
    expect(await db.meta.findMany()).toEqual([{ key: 'a', value: 'c' }])
  })

  it('is found by the next client of the same database', async () => {
    const url = await freshUrl()
    const first = openDb(url)
    await first.meta.create({ data: { key: 'a', value: 'b' } })
    await first.$disconnect()
    const second = openDb(url)
    expect(await second.meta.count()).toBe(1)
    await second.$disconnect()
  })

  it('enforces references', async () => {
    const db = await fresh()
    const orphan = db.syncError.create({ data: { runId: 'x', source: 's', address: 'a', reason: 'r', atMs: 1n } })
    await expect(orphan).rejects.toThrow('Foreign key')
  })
})

describe('providerOf', () => {
  it('tells the database from the URL', () => {
    expect(providerOf('file:./data/flakeboard.db')).toBe('sqlite')
    expect(providerOf('postgres://localhost/flakeboard')).toBe('postgresql')
    expect(providerOf('postgresql://localhost/flakeboard?schema=public')).toBe('postgresql')
  })

  it('refuses others without repeating them', () => {
    expect(() => providerOf('mysql://user:secret@localhost/x')).toThrow(/^DATABASE_URL must begin with file:/)
    expect(() => providerOf('postgresql://localhost/x?schema=other')).toThrow('only the schema "public"')
  })
})

describe('sqlitePathOf', () => {
  it('counts relative paths from the working directory and decodes escapes', () => {
    expect(sqlitePathOf('file:data/a%20b.db')).toBe(`${process.cwd()}/data/a b.db`)
    expect(sqlitePathOf('file:/var/lib/a.db')).toBe('/var/lib/a.db')
    expect(sqlitePathOf('file:///var/lib/a.db')).toBe('/var/lib/a.db')
  })

  it.each(['file:', 'file::memory:', 'file:a.db?mode=ro'])('refuses %s', (url) => {
    expect(() => sqlitePathOf(url)).toThrow('DATABASE_URL must name a file')
  })
})

describe('fromMs and toMs', () => {
  it('are each other’s inverse, and null stays null', () => {
    const time = new Date('2026-11-23T00:00:00.123Z')
    expect(fromMs(toMs(time))).toEqual(time)
    expect(fromMs(null)).toBeNull()
    expect(toMs(null)).toBeNull()
  })
})

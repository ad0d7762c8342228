import { describe, expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { insertRows, readIds } from './bulk'
import { flag, integer, nullable, queryRows, text } from './rows'
import { sql } from './sql'

const META = { table: 'Meta', columns: ['key', 'value'] } as const

describeOnBothDatabases('insertRows', (fresh) => {
  it('stores more rows than one statement has parameters for', async () => {
    const db = await fresh()
    const rows = Array.from({ length: 20_001 }, (_, index) => [`key ${index}`, `value ${index}`])
    const written = await insertRows(db, { ...META, rows, onConflict: 'ignore' })
    expect(written).toBe(20_001)
    expect(await db.meta.count()).toBe(20_001)
    expect(await db.meta.findUnique({ where: { key: 'key 20000' } })).toEqual({
      key: 'key 20000',
      value: 'value 20000',
    })
  })

  it('does nothing for no rows', async () => {
    expect(await insertRows(await fresh(), { ...META, rows: [], onConflict: 'ignore' })).toBe(0)
  })

  it('keeps what is there when told to ignore conflicts', async () => {
    const db = await fresh()
    await insertRows(db, { ...META, rows: [['a', 'first']], onConflict: 'ignore' })
    const rows = [
      ['a', 'second'],
      ['b', 'second'],
    ]
    expect(await insertRows(db, { ...META, rows, onConflict: 'ignore' })).toBe(1)
    expect(await db.meta.findMany({ orderBy: { key: 'asc' } })).toEqual([
      { key: 'a', value: 'first' },
      { key: 'b', value: 'second' },
    ])
  })

  it('overwrites what is there when told to update, the last of equal rows winning', async () => {
    const db = await fresh()
    const onConflict = { keys: ['key'], update: ['value'] } as const
    await insertRows(db, { ...META, rows: [['a', 'first']], onConflict })
    const rows = [
      ['a', 'second'],
      ['a', 'third'],
    ]
    await insertRows(db, { ...META, rows, onConflict })
    expect(await db.meta.findMany()).toEqual([{ key: 'a', value: 'third' }])
  })

  it('keeps integers of 64 bits, booleans and nulls exact', async () => {
    const db = await fresh()
    await insertRows(db, {
      table: 'CacheState',
      columns: ['cache', 'isAlive', 'reason', 'priority', 'checkedMs'],
      rows: [
        ['one', true, null, 41, 9_007_199_254_740_991n],
        ['two', false, "it's % and _ and \\ and ☃", null, 1_792_000_000_000],
      ],
      onConflict: 'ignore',
    })
    expect(await db.cacheState.findMany({ orderBy: { cache: 'asc' } })).toMatchObject([
      { cache: 'one', isAlive: true, reason: null, priority: 41, checkedMs: 9_007_199_254_740_991n },
      {
        cache: 'two',
        isAlive: false,
        reason: "it's % and _ and \\ and ☃",
        priority: null,
        checkedMs: 1_792_000_000_000n,
      },
    ])
  })

  it('refuses an integer that could not be read back', async () => {
    const db = await fresh()
    const columns = ['cache', 'isAlive', 'checkedMs'] as const
    const rows = [['one', true, 9_007_199_254_740_993n]]
    const insert = insertRows(db, { table: 'CacheState', columns, rows, onConflict: 'ignore' })
    await expect(insert).rejects.toThrow('An integer beyond 2^53 for CacheState')
  })

  it('leaves nothing behind when its transaction fails', async () => {
    const db = await fresh()
    const failing = db.$transaction(async (tx) => {
      await insertRows(tx, { ...META, rows: [['a', 'b']], onConflict: 'ignore' })
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await db.meta.count()).toBe(0)
  })
})

describeOnBothDatabases('readIds', (fresh) => {
  it('finds the ids of the values that are stored, however many are asked for', async () => {
    const db = await fresh()
    const names = Array.from({ length: 9_000 }, (_, index) => `/nix/store/${index}.drv`)
    const rows = names.map((path) => [path, 'name', '1.0', 1])
    const columns = ['path', 'name', 'version', 'status'] as const
    await insertRows(db, { table: 'Derivation', columns, rows, onConflict: 'ignore' })
    const ids = await readIds(db, { table: 'Derivation', column: 'path', values: [...names, 'unknown'] })
    expect(ids.size).toBe(9_000)
    const last = await db.derivation.findUnique({ where: { path: '/nix/store/8999.drv' } })
    expect(ids.get('/nix/store/8999.drv')).toBe(last?.id)
  })
})

describeOnBothDatabases('queryRows', (fresh) => {
  it('reads the same types from both databases, parameters included', async () => {
    const db = await fresh()
    await db.cacheState.create({ data: { cache: 'one', isAlive: true, checkedMs: 1_792_000_000_000n } })
    const query = sql`
      SELECT "cache", "isAlive", "checkedMs" AS "at", "priority", COUNT(*) OVER () AS "count",
             SUM("checkedMs") OVER () AS "sum", CASE WHEN "isAlive" THEN 1 ELSE 0 END AS "alive"
      FROM "CacheState" WHERE "isAlive" = ${true} AND "checkedMs" > ${5n} AND "cache" = ${'one'}`
    const shape = { cache: text, isAlive: flag, at: integer, priority: nullable(integer), count: integer, sum: integer }
    expect(await queryRows(db, query, { ...shape, alive: flag })).toEqual([
      {
        cache: 'one',
        isAlive: true,
        at: 1_792_000_000_000,
        priority: null,
        count: 1,
        sum: 1_792_000_000_000,
        alive: true,
      },
    ])
  })

  it('names the column whose value is of another kind', async () => {
    const db = await fresh()
    await db.meta.create({ data: { key: 'a', value: 'b' } })
    const query = sql`SELECT "key", "value" FROM "Meta"`
    await expect(queryRows(db, query, { key: text, value: integer })).rejects.toThrow('Column value of a query')
    await expect(queryRows(db, query, { key: text, absent: text })).rejects.toThrow('Column absent of a query')
  })
})

describe('integer', () => {
  it('refuses to round what JavaScript cannot hold', () => {
    expect(() => integer(9_007_199_254_740_993n)).toThrow(TypeError)
  })
})

import 'server-only'
import type { Tx } from './client'
import { integer, queryRows, text } from './rows'
import { joinSql, rawSql, sql, sqlOf } from './sql'

export type Value = string | number | bigint | boolean | null

export type Insert<Name extends string> = {
  table: string
  columns: readonly Name[]
  /** Values in the order of `columns`; integers within 2^53, as SQLite's driver reads no others. */
  rows: readonly (readonly Value[])[]
  /**
   * What becomes of a row whose keys are there already: `ignore` keeps the stored one, whatever constraint it meets;
   * `update` overwrites those columns. Of two given rows with equal keys the last one counts.
   */
  onConflict: 'ignore' | { keys: readonly Name[]; update: readonly Name[] }
}

// SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535. Chunks of 1,000 are half as fast as these.
const PARAMETERS_MAX = 8_000

/**
 * Inserts many rows at a fraction of the cost of `createMany`; for the hot tables. Call it inside a transaction.
 * Returns how many rows were inserted or updated. Throws a RangeError for an integer that could not be read back.
 */
export async function insertRows<Name extends string>(tx: Tx, insert: Insert<Name>): Promise<number> {
  const { table, columns } = insert
  const rows = lastOfEach(insert)
  const head = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (`
  const tail = `)${conflictClause(insert.onConflict)}`
  const rowsPerChunk = Math.max(1, Math.floor(PARAMETERS_MAX / columns.length))
  let written = 0
  for (let start = 0; start < rows.length; start += rowsPerChunk) {
    const values = rows.slice(start, start + rowsPerChunk).flat()
    if (values.some(isTooLarge)) throw new RangeError(`An integer beyond 2^53 for ${table}`)
    const between = values.slice(1).map((_, index) => ((index + 1) % columns.length === 0 ? '), (' : ', '))
    written += await tx.$executeRaw(sqlOf([head, ...between, tail], values))
  }
  return written
}

/** The ids of the rows whose `column` (a unique text) has one of these values, by that value; unknown values are left out. */
export async function readIds(
  tx: Tx,
  of: { table: string; column: string; values: Iterable<string> },
): Promise<Map<string, number>> {
  const values = [...new Set(of.values)]
  const [table, column] = [rawSql(quoted(of.table)), rawSql(quoted(of.column))]
  const ids = new Map<string, number>()
  for (let start = 0; start < values.length; start += PARAMETERS_MAX) {
    const some = joinSql(values.slice(start, start + PARAMETERS_MAX))
    const query = sql`SELECT "id", ${column} AS "value" FROM ${table} WHERE ${column} IN (${some})`
    for (const row of await queryRows(tx, query, { id: integer, value: text })) ids.set(row.value, row.id)
  }
  return ids
}

function isTooLarge(value: Value): boolean {
  return typeof value === 'bigint' && !Number.isSafeInteger(Number(value))
}

// PostgreSQL refuses to update a row twice in one statement, SQLite does not mind: the same answer on both.
function lastOfEach<Name extends string>({ columns, rows, onConflict }: Insert<Name>): Insert<Name>['rows'] {
  if (onConflict === 'ignore') return rows
  const at = onConflict.keys.map((key) => columns.indexOf(key))
  return [...new Map(rows.map((row) => [JSON.stringify(at.map((index) => String(row[index]))), row])).values()]
}

function conflictClause<Name extends string>(onConflict: Insert<Name>['onConflict']): string {
  if (onConflict === 'ignore') return ' ON CONFLICT DO NOTHING'
  const set = onConflict.update.map((column) => `${quoted(column)} = excluded.${quoted(column)}`)
  return ` ON CONFLICT (${onConflict.keys.map(quoted).join(', ')}) DO UPDATE SET ${set.join(', ')}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

import 'server-only'
import type { Tx } from './client'
import type { Sql } from './sql'

/** Reads one column of a raw row; throws when the value is of another kind. */
export type Column<T> = (value: unknown) => T

/** Integers of any width, counts and sums of them. Throws beyond 2^53 rather than round. */
export const integer: Column<number> = (value) => {
  const number = typeof value === 'bigint' || isDecimal(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw new TypeError(`${typeof value} for an integer`)
  return number
}

export const text: Column<string> = (value) => {
  if (typeof value !== 'string') throw new TypeError(`${typeof value} for a text`)
  return value
}

/** A boolean, also where an expression has lost its type (SQLite answers 0 or 1). */
export const flag: Column<boolean> = (value) => {
  if (typeof value === 'boolean') return value
  const number = integer(value)
  if (number !== 0 && number !== 1) throw new TypeError(`${number} for a boolean`)
  return number === 1
}

/** A column that may be null. */
export function nullable<T>(column: Column<T>): Column<T | null> {
  return (value) => (value === null ? null : column(value))
}

type Shape = Record<string, Column<unknown>>
export type RowOf<S extends Shape> = { [Name in keyof S]: ReturnType<S[Name]> }

/**
 * Rows of a raw SELECT, each column read as `shape` says: `queryRows(db, sql`SELECT …`, { id: integer, name: text })`.
 * Throws, naming the column, when the answer is of another kind.
 */
export async function queryRows<S extends Shape>(client: Tx, query: Sql, shape: S): Promise<RowOf<S>[]> {
  const rows = await client.$queryRaw<Record<string, unknown>[]>(query)
  const columns = Object.entries(shape)
  return rows.map((row) => rowOf<S>(columns, row))
}

// Every key of the shape is set, by that key's own reader.
function rowOf<S extends Shape>(columns: [string, Column<unknown>][], row: Record<string, unknown>): RowOf<S> {
  const read: Record<string, unknown> = {}
  for (const [name, column] of columns) {
    try {
      read[name] = column(row[name])
    } catch (cause) {
      throw new TypeError(`Column ${name} of a query: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
  }
  return read as RowOf<S>
}

// PostgreSQL sums 64-bit integers to NUMERIC, which Prisma answers as a Decimal.
function isDecimal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'isInteger' in value && 'toFixed' in value
}

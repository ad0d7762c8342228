import 'server-only'
import { rawSql, type Sql, sql } from './sql'

/** The text as a LIKE pattern that means it literally (with `ESCAPE '\'`): attribute paths are full of `_`. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/**
 * "The column contains the text", letters of either case alike (SQLite: ASCII letters), on both databases.
 * `column` is SQL of ours, such as `r."search"`; never foreign text.
 */
export function containsText(column: string, text: string): Sql {
  return sql`lower(${rawSql(column)}) LIKE lower(${`%${escapeLike(text)}%`}) ESCAPE '\\'`
}

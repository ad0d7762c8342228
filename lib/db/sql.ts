import 'server-only'
import { Prisma } from '@/lib/generated/sqlite/client'

export type Sql = Prisma.Sql

/**
 * Raw SQL with parameters, understood by both databases: each writes the placeholders its own way.
 * Quote names ("Evaluation", "finishedMs"): PostgreSQL folds others to lower case.
 */
export const sql = Prisma.sql
/** `joinSql([1, 2])` for `IN (…)`. Throws on an empty list. */
export const joinSql = Prisma.join
/** SQL text taken as it is: never of foreign text. */
export const rawSql = Prisma.raw
export const emptySql = Prisma.empty

/** Raw SQL from its pieces of text and the values between them. */
export function sqlOf(pieces: readonly string[], values: readonly unknown[]): Sql {
  return new Prisma.Sql(pieces, values)
}

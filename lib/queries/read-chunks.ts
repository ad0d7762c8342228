import 'server-only'
import { joinSql, type Sql } from '@/lib/db/sql'

// SQLite takes 32,766 parameters in one statement; the rest is room for those beside the list.
const PARAMETERS_MAX = 30_000

/** What `read` answers for these values, asked in lists that both databases take; each value once. */
export async function readChunks<T extends string | number, R>(
  values: Iterable<T>,
  read: (list: Sql) => Promise<R[]>,
): Promise<R[]> {
  const wanted = [...new Set(values)]
  const answers: R[][] = []
  for (let start = 0; start < wanted.length; start += PARAMETERS_MAX) {
    answers.push(await read(joinSql(wanted.slice(start, start + PARAMETERS_MAX))))
  }
  return answers.flat()
}

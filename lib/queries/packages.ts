import 'server-only'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import type { Packages, PackagesParams } from '@/lib/contract/package'
import { db as openDatabase } from '@/lib/db/client'
import type { ReadTools } from './matrix'
import { readMatrixRows } from './matrix-rows'

/** One page of the package names that match, headline packages first. */
export async function readPackages(
  { q, limit, offset, after }: PackagesParams,
  tools: ReadTools = {},
): Promise<Packages> {
  const { db = openDatabase() } = tools
  const params = MatrixParamsSchema.parse({ q, limit, offset, after })
  const { total, rows, next } = await readMatrixRows(db, params, [])
  return {
    total,
    packages: rows.map(({ name, headline, version }) => ({ name, headline: headline !== null, version })),
    next,
  }
}

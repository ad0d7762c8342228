import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import type { Matrix, MatrixParams } from '@/lib/contract/matrix'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { absentCell } from './absent-cell'
import { readBranches } from './branches'
import { readFactsAt } from './facts-at'
import { readLaneNames } from './lane-names'
import { readMatrixCells } from './matrix-cells'
import { readMatrixRows } from './matrix-rows'

export interface ReadTools {
  readonly db?: Db
  readonly config?: Config
}

/** The matrix for a query: the heads of the chosen branches, one page of rows and their cells. Reads indexed rows only. */
export async function readMatrix(params: MatrixParams, now: Date = new Date(), tools: ReadTools = {}): Promise<Matrix> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const branches = await readBranches(db, config, now, params.branch)
  const names = branches.map(({ name }) => name)
  const { total, rows, next } = await readMatrixRows(db, params, names)
  const cells = await readMatrixCells(
    db,
    { config, params, branches: names },
    rows.map(({ name }) => name),
  )
  // Of a branch that was never evaluated nothing is known, not even that a package is absent.
  const evaluated = branches.filter(({ evaluation }) => evaluation !== null)
  const absent = Object.fromEntries(evaluated.map(({ name }) => [name, absentCell(params.view)]))
  return {
    generatedAt: await readFactsAt(db),
    total,
    ...(await readLaneNames(db)),
    branches,
    packages: rows.map(({ name, headline, version }) => ({
      name,
      headline: headline !== null,
      version,
      cells: { ...absent, ...cells.get(name) },
    })),
    next,
  }
}

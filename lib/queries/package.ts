import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { type Cell, MatrixParamsSchema } from '@/lib/contract/matrix'
import type { HistoryPoint, Package, PackageBranch } from '@/lib/contract/package'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { compareEvaluations } from '@/lib/domain/evaluation-order'
import { readEvaluationsById, toEvaluation } from './evaluations'
import { readLogExcerpts } from './log-excerpt'
import { type ReadTools, readMatrix } from './matrix'
import { readPackageHistory } from './package-history'

/** One package over all branches with its history, or null when no row has that name. */
export async function readPackage(
  name: string,
  now: Date = new Date(),
  tools: ReadTools = {},
): Promise<Package | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const row = await db.row.findUnique({ where: { name } })
  if (row === null) return null
  const matrix = await readMatrix(MatrixParamsSchema.parse({ package: [name] }), now, { db, config })
  const cells = matrix.packages[0]?.cells ?? {}
  const branches: PackageBranch[] = []
  for (const { name: branch, title } of matrix.branches) {
    const cell = cells[branch]
    if (cell !== undefined) branches.push(await readBranch(db, config, { name: branch, title, row: name, cell }))
  }
  return { name, headline: row.headline !== null, version: row.version, branches }
}

async function readBranch(
  db: Db,
  config: Config,
  { name, title, row, cell }: { name: string; title: string; row: string; cell: Cell },
): Promise<PackageBranch> {
  const feed = await readFeed(db, name, cell)
  const history = feed === null ? [] : await readPackageHistory(db, config, feed, row)
  return {
    name,
    title,
    cell,
    ...(await readEdges(db, name, row)),
    isFlapping: cell.flapping,
    rootCauses: await withExcerpts(db, cell),
    history: withoutLeadingGap(history),
  }
}

async function withExcerpts(db: Db, { rootCauses }: Cell): Promise<PackageBranch['rootCauses']> {
  const excerpts = await readLogExcerpts(
    db,
    rootCauses.flatMap(({ derivation }) => derivation ?? []),
  )
  return rootCauses.map((cause) => ({ ...cause, excerpt: excerpts.get(cause.derivation ?? '') ?? null }))
}

/** The feed that decides the cell: the column's, unless the cell says otherwise. */
async function readFeed(db: Db, branch: string, cell: Cell) {
  const from = cell.from === null ? { place: 0 } : { feed: `${cell.from.source} ${cell.from.handler}` }
  return db.feed.findFirst({ where: { branch, ...from }, select: { branch: true, feed: true, ref: true } })
}

/** First bad and last good are kept by sync over the whole stored history: no window can cut them off. */
async function readEdges(db: Db, branch: string, row: string): Promise<Pick<PackageBranch, 'firstBad' | 'lastGood'>> {
  const cell = await db.cell.findUnique({ where: { branch_row_lane: { branch, row, lane: '' } } })
  if (cell === null) return { firstBad: null, lastGood: null }
  const evaluations = await readEvaluationsById(db, [cell.sinceId, cell.lastGoodId])
  const [since, good] = [evaluations.get(cell.sinceId ?? -1), evaluations.get(cell.lastGoodId ?? -1)]
  // The run of equal health that `since` begins is a broken one when the last good evaluation lies before it.
  const isBroken = since !== undefined && (good === undefined || compareEvaluations(since, good) > 0)
  return {
    firstBad: isBroken ? toEvaluation(since) : null,
    lastGood: good === undefined ? null : toEvaluation(good),
  }
}

/** A history begins with the first evaluation that had the package. */
function withoutLeadingGap(history: readonly HistoryPoint[]): HistoryPoint[] {
  const first = history.findIndex(({ status }) => status !== 'absent')
  return first < 0 ? [] : history.slice(first)
}

import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { MatrixBranch } from '@/lib/contract/matrix'
import { db as openDatabase } from '@/lib/db/client'
import { integer, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { fromMs } from '@/lib/db/time'
import { type Status, statusOfCode } from '@/lib/domain/status'
import { type TriageState, triageStateOf } from '@/lib/domain/triage'
import { readBranches } from './branches'
import type { ReadTools } from './matrix'
import { readRunningSync } from './running-sync'

/** What the database knows that one would watch over time. */
export interface MetricFacts {
  readonly branches: readonly MatrixBranch[]
  readonly cells: readonly { readonly branch: string; readonly status: Status; readonly count: number }[]
  /** Open root causes by what people say of them. */
  readonly causes: readonly { readonly state: TriageState; readonly count: number }[]
  /** When each source was last read in full; null: never. */
  readonly sources: readonly { readonly id: string; readonly readAt: Date | null }[]
  /** When the newest sync of each result ended. */
  readonly ended: readonly { readonly result: 'done' | 'failed'; readonly at: Date }[]
  readonly isSyncRunning: boolean
}

/** The facts behind the gauges of `/metrics`: sums that sync keeps, and counts over the cells of now. */
export async function readMetrics(now: Date = new Date(), tools: ReadTools = {}): Promise<MetricFacts> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const names = config.branches.map(({ name }) => name)
  const [branches, cells, causes, states, ended, running] = await Promise.all([
    readBranches(db, config, now),
    queryRows(
      db,
      sql`SELECT "branch", "status", COUNT(*) AS "count" FROM "Cell" WHERE "lane" = '' GROUP BY "branch", "status"`,
      { branch: text, status: integer, count: integer },
    ),
    db.triage.groupBy({ by: ['state'], where: { closedMs: null }, _count: { _all: true } }),
    db.sourceState.findMany(),
    db.syncRun.groupBy({ by: ['status'], where: { finishedMs: { not: null } }, _max: { finishedMs: true } }),
    readRunningSync(db, now),
  ])
  return {
    branches,
    cells: cells
      .filter(({ branch }) => names.includes(branch))
      .map(({ branch, status, count }) => ({ branch, status: statusOfCode(status), count })),
    causes: causes.map(({ state, _count }) => ({ state: triageStateOf(state), count: _count._all })),
    sources: config.sources.map(({ id }) => ({
      id,
      readAt: fromMs(states.find(({ source }) => source === id)?.readMs ?? null),
    })),
    ended: ended.flatMap(({ status, _max: { finishedMs } }) => {
      const at = fromMs(finishedMs)
      return at === null || (status !== 'done' && status !== 'failed') ? [] : [{ result: status, at }]
    }),
    isSyncRunning: running !== null,
  }
}

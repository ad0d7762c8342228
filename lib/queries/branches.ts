import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { MatrixBranch } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { fromMs } from '@/lib/db/time'
import { freshnessOf } from '@/lib/domain/freshness'
import { PRESENCES } from '@/lib/domain/presence'
import { STATUSES } from '@/lib/domain/status'
import { readEvaluationsById, type StoredEvaluation, toEvaluation } from './evaluations'
import { staleSentences } from './stale-sentences'

/** The heads of the matrix columns, in the order of the configuration. `names` limits them; unknown names are dropped. */
export async function readBranches(
  db: Db,
  config: Config,
  now: Date,
  names: readonly string[] = [],
): Promise<MatrixBranch[]> {
  const wanted = config.branches.filter(({ name }) => names.length === 0 || names.includes(name))
  const [feeds, states, heads, sources] = await Promise.all([
    db.feed.findMany({ where: { place: 0 } }),
    db.branchState.findMany(),
    db.upstreamBranch.findMany(),
    db.sourceState.findMany(),
  ])
  const evaluations = await readEvaluationsById(
    db,
    feeds.flatMap(({ evaluationId, runningId }) => [evaluationId, runningId]),
  )
  return wanted.map((branch) => {
    const feed = feeds.find((one) => one.branch === branch.name)
    const ref = feed?.ref ?? plainRef(branch.ref)
    const shown = evaluations.get(feed?.evaluationId ?? -1)
    return toBranch({
      branch,
      title: branch.title ?? ref ?? branch.name,
      shown,
      running: evaluations.get(feed?.runningId ?? -1),
      state: states.find((one) => one.branch === branch.name),
      head: heads.find((one) => one.ref === ref),
      sourceReadAt: fromMs(sources.find((one) => one.source === shown?.source)?.readMs ?? null),
      limits: {
        staleAfterHours: branch.staleAfterHours,
        staleBehindDays: branch.staleBehindDays,
      },
      now,
    })
  })
}

interface BranchFacts {
  readonly branch: Config['branches'][number]
  readonly title: string
  readonly shown: StoredEvaluation | undefined
  readonly running: StoredEvaluation | undefined
  readonly state:
    | { readonly counts: string; readonly ready: number; readonly packages: number; readonly unready: string }
    | undefined
  readonly head: { readonly revision: string | null; readonly dateMs: bigint | null } | undefined
  readonly sourceReadAt: Date | null
  readonly limits: { readonly staleAfterHours: number; readonly staleBehindDays: number }
  readonly now: Date
}

function toBranch({
  branch,
  title,
  shown,
  running,
  state,
  head,
  sourceReadAt,
  limits,
  now,
}: BranchFacts): MatrixBranch {
  const upstreamDate = fromMs(head?.dateMs ?? null)
  const verdict = freshnessOf({
    // Where the source does not tell the end yet (effects that hang), the start: rather too old than too fresh.
    evaluationAt: fromMs(shown?.finishedMs ?? shown?.startedMs ?? null),
    nixpkgsDate: fromMs(shown?.nixpkgsDateMs ?? null),
    upstreamDate,
    sourceReadAt,
    now,
    limits,
  })
  return {
    name: branch.name,
    title,
    freshness: verdict.freshness,
    staleReasons: staleSentences(verdict.reasons, limits),
    evaluation: shown === undefined ? null : toEvaluation(shown),
    evaluationError: shown?.error ?? null,
    running: running === undefined ? null : toEvaluation(running),
    upstream:
      head?.revision == null || upstreamDate === null
        ? null
        : { revision: head.revision, date: upstreamDate.toISOString(), behindDays: verdict.behindDays },
    counts: toCounts(state?.counts),
    ready: state?.ready ?? 0,
    packages: state?.packages ?? 0,
    unready: toUnready(state?.unready),
    note: branch.note,
  }
}

/** A ref that is no glob stands for itself before anything was read. */
function plainRef(ref: string): string | null {
  return /[*?]/.test(ref) ? null : ref
}

function toCounts(json: string | undefined): MatrixBranch['counts'] {
  const counts = storedCounts(json)
  const entries = STATUSES.filter((status) => status !== 'absent').map((status) => [status, counts.get(status) ?? 0])
  return Object.fromEntries(entries)
}

function toUnready(json: string | undefined): MatrixBranch['unready'] {
  const counts = storedCounts(json)
  const entries = PRESENCES.filter((lack) => lack !== 'cached').map((lack) => [lack, counts.get(lack) ?? 0])
  return Object.fromEntries(entries)
}

function storedCounts(json = '{}'): ReadonlyMap<string, number> {
  const stored: unknown = JSON.parse(json)
  const entries = Object.entries(typeof stored === 'object' && stored !== null ? stored : {})
  return new Map(entries.map(([word, count]) => [word, Number(count)]))
}

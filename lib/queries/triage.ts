import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import { causePlaceOf, toCursor } from '@/lib/contract/cursor'
import type { Triage, TriageParams } from '@/lib/contract/triage'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { compareSeverity, type Severity, TRIAGE_STATES, triageStateOf } from '@/lib/domain/triage'
import { readBranches } from './branches'
import { readEvaluationsById } from './evaluations'
import { readFactsAt } from './facts-at'
import type { ReadTools } from './matrix'
import { readTriageEntries, type StoredTriage } from './triage-entries'
import { countUnexplained, readTriageGroups, readTriageSums, type TriageGroup } from './triage-groups'
import { firstBadOf } from './triage-points'

/** Root causes that break something now, worst first, with what people say of them. Reads what sync keeps. */
export async function readTriage(params: TriageParams, now: Date = new Date(), tools: ReadTools = {}): Promise<Triage> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const heads = await readBranches(db, config, now)
  const chosen = heads.filter(({ name }) => params.branch.length === 0 || params.branch.includes(name))
  const open = await db.triage.findMany({ where: { closedMs: null } })
  const branches = chosen.map(({ name }) => name)
  const ranked = branches.length === 0 ? [] : await rank(db, branches, open.filter(isWanted(params)))
  const rest = ranked.filter(isBehind(params.after)).slice(params.offset)
  const page = rest.slice(0, params.limit)
  const last = rest.length > page.length ? page.at(-1) : undefined
  return {
    generatedAt: await readFactsAt(db),
    total: ranked.length,
    states: countStates(open),
    unexplained: branches.length === 0 ? 0 : await countUnexplained(db, branches),
    branches: heads.map(({ name, title, freshness }) => ({ name, title, freshness })),
    causes: page.length === 0 ? [] : await readTriageEntries(db, config, page, chosen),
    next: last === undefined ? null : cursorOf(severityOf(last)),
  }
}

function isWanted({ state }: TriageParams) {
  return (stored: StoredTriage) => state.length === 0 || state.includes(triageStateOf(stored.state))
}

function countStates(open: readonly StoredTriage[]): Triage['states'] {
  const count = (word: string) => open.filter(({ state }) => triageStateOf(state) === word).length
  const [unseen, acknowledged, beingFixed, upstream, wontFix] = TRIAGE_STATES.map(count)
  return {
    new: unseen ?? 0,
    acknowledged: acknowledged ?? 0,
    'being-fixed': beingFixed ?? 0,
    'upstream-issue': upstream ?? 0,
    'wont-fix': wontFix ?? 0,
  }
}

/** The entries that break something on these branches, worst first. */
async function rank(db: Db, branches: readonly string[], open: readonly StoredTriage[]) {
  const [groups, sums] = await Promise.all([readTriageGroups(db, branches), readTriageSums(db, branches)])
  const points = await readEvaluationsById(
    db,
    groups.flatMap(({ sinceId, lastGoodId }) => [sinceId, lastGoodId]),
  )
  return open
    .flatMap((stored) => {
      const sum = sums.get(stored.key)
      const own = groups.filter(({ key }) => key === stored.key)
      return sum === undefined ? [] : [{ stored, ...sum, groups: own, points, sinceMs: sinceOf(own, points) }]
    })
    .sort((a, b) => compareSeverity(severityOf(a), severityOf(b)))
}

interface RankedParts {
  readonly stored: Pick<StoredTriage, 'key' | 'name'>
  readonly headlines: number
  readonly blocks: number
  readonly sinceMs: number | null
}

function severityOf({ stored: { key, name }, headlines, blocks, sinceMs }: RankedParts): Severity {
  return { headlines, blocks, sinceMs, name, id: key }
}

function cursorOf({ headlines, blocks, sinceMs, name, id }: Severity): string {
  return toCursor([headlines, blocks, sinceMs, name, id])
}

/** Only what stands behind a place in the order, whatever came or went before it. */
function isBehind(after: string | null) {
  const place = after === null ? null : causePlaceOf(after)
  if (place === null) return () => true
  const [headlines, blocks, sinceMs, name, id] = place
  return (cause: RankedParts) => compareSeverity({ headlines, blocks, sinceMs, name, id }, severityOf(cause)) < 0
}

/** Since when it stands on any of the branches. */
function sinceOf(groups: readonly TriageGroup[], points: Awaited<ReturnType<typeof readEvaluationsById>>) {
  const branches = new Set(groups.map(({ branch }) => branch))
  const times = [...branches].flatMap((branch) => {
    const first = firstBadOf(
      groups.filter((group) => group.branch === branch),
      points,
    )
    const finishedMs = first?.firstBad?.finishedMs ?? null
    return finishedMs === null ? [] : Number(finishedMs)
  })
  return times.length === 0 ? null : Math.min(...times)
}

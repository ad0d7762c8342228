import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { LogExcerpt } from '@/lib/contract/log'
import type { MatrixBranch } from '@/lib/contract/matrix'
import type { TriageBranch, TriageEntry } from '@/lib/contract/triage'
import type { Db } from '@/lib/db/client'
import { buildUrl, compareUrl } from '@/lib/domain/source-url'
import { statusOfCode } from '@/lib/domain/status'
import { causeKindOf, triageStateOf } from '@/lib/domain/triage'
import { readEvaluationsById, type StoredEvaluation, toPinnablePoint } from './evaluations'
import { readLogExcerpts } from './log-excerpt'
import { isoOf } from './times'
import { readTriagePackages, readTriageRoots, type TriageGroup } from './triage-groups'
import { firstBadOf, type TriagePoints } from './triage-points'
import { readTriageTrails } from './triage-trails'

export type StoredTriage = Awaited<ReturnType<Db['triage']['findMany']>>[number]

/** One cause with its sums and with where it broke what. */
export interface RankedCause {
  readonly stored: StoredTriage
  readonly blocks: number
  readonly headlines: number
  readonly flapping: number
  readonly groups: readonly TriageGroup[]
  readonly points: ReadonlyMap<number, StoredEvaluation>
}

/** These causes with everything that an answer tells of them, in the same order. */
export async function readTriageEntries(
  db: Db,
  config: Config,
  causes: readonly RankedCause[],
  branches: readonly MatrixBranch[],
): Promise<TriageEntry[]> {
  const keys = causes.map(({ stored }) => stored.key)
  const names = branches.map(({ name }) => name)
  const [packages, roots, trails] = await Promise.all([
    readTriagePackages(db, keys, names),
    readTriageRoots(db, keys, names),
    readTriageTrails(db, keys),
  ])
  const shown = await readEvaluationsById(
    db,
    roots.map(({ evaluationId }) => evaluationId),
  )
  const facts = { config, packages, roots, shown }
  const excerpts = await readLogExcerpts(
    db,
    roots.map(({ derivation }) => derivation),
  )
  return causes.map((cause) => ({
    ...saidOf(cause.stored),
    blocks: cause.blocks,
    headlines: cause.headlines,
    flapping: cause.flapping,
    ...(trails.get(cause.stored.key) ?? { changes: 0, trail: [] }),
    excerpt: excerptOf(
      roots.filter(({ key }) => key === cause.stored.key),
      excerpts,
    ),
    branches: branches.flatMap((branch) => toBranch(cause, branch, facts) ?? []),
  }))
}

/** The excerpt of the first of a cause's builds that has one. */
function excerptOf(
  roots: readonly { readonly derivation: string }[],
  excerpts: ReadonlyMap<string, LogExcerpt>,
): TriageEntry['excerpt'] {
  for (const { derivation } of roots) {
    const excerpt = excerpts.get(derivation)
    if (excerpt !== undefined) return { derivation, ...excerpt }
  }
  return null
}

function saidOf(stored: StoredTriage) {
  return {
    id: stored.key,
    version: stored.version,
    kind: causeKindOf(stored.kind),
    name: stored.name,
    system: stored.system || null,
    state: triageStateOf(stored.state),
    note: stored.note,
    issueUrl: stored.issueUrl,
    who: stored.who,
    changedAt: isoOf(stored.changedMs),
    openedAt: isoOf(stored.openedMs),
    reopenedAt: isoOf(stored.reopenedMs),
    reopened: stored.reopened,
  }
}

interface Facts {
  readonly config: Config
  readonly packages: Awaited<ReturnType<typeof readTriagePackages>>
  readonly roots: Awaited<ReturnType<typeof readTriageRoots>>
  readonly shown: ReadonlyMap<number, StoredEvaluation>
}

function toBranch(cause: RankedCause, branch: MatrixBranch, facts: Facts): TriageBranch | null {
  const isHere = (one: { key: string; branch: string }) => one.key === cause.stored.key && one.branch === branch.name
  const packages = facts.packages.filter(isHere)
  const [first] = packages
  if (first === undefined) return null
  const points = firstBadOf(cause.groups.filter(isHere), cause.points)
  const roots = facts.roots.filter(isHere)
  return {
    name: branch.name,
    title: branch.title,
    freshness: branch.freshness,
    blocks: first.blocks,
    packages: packages.map(({ row, isHeadline, isUndecided, isFlapping }) => ({
      name: row,
      headline: isHeadline,
      undecided: isUndecided,
      flapping: isFlapping,
    })),
    suspectsOf: suspectsOf(packages, { roots, points }) ?? first.row,
    firstBad: toPinnablePoint(points?.firstBad),
    lastGood: toPinnablePoint(points?.lastGood),
    nixpkgs: toRange(facts.config, points?.lastGood, points?.firstBad),
    derivations: roots.map(({ derivation, name, status, evaluationId }) => ({
      derivation: derivation || null,
      name,
      status: statusOfCode(status),
      url: urlOf(facts, derivation, evaluationId),
    })),
  }
}

/** The row of the root itself, or else the first that broke where the cause's range lies. */
function suspectsOf(
  packages: Facts['packages'],
  { roots, points }: { readonly roots: Facts['roots']; readonly points: TriagePoints | null },
): string | undefined {
  const isRoot = (one: { derivation: string | null }) => roots.some(({ derivation }) => derivation === one.derivation)
  const isThere = (one: { sinceId: number | null; lastGoodId: number | null }) =>
    one.sinceId === (points?.firstBad?.id ?? null) && one.lastGoodId === (points?.lastGood?.id ?? null)
  return (packages.find(isRoot) ?? packages.find(isThere))?.row
}

function urlOf({ config, shown }: Facts, derivation: string, evaluationId: number): string {
  const evaluation = shown.get(evaluationId)
  const source = config.sources.find(({ id }) => id === evaluation?.source)
  if (evaluation === undefined || source === undefined || derivation === '') return evaluation?.url ?? ''
  return buildUrl(source, { derivation, externalId: evaluation.externalId }) ?? evaluation.url
}

function toRange(
  { upstream }: Config,
  good: StoredEvaluation | undefined,
  bad: StoredEvaluation | undefined,
): TriageBranch['nixpkgs'] {
  const [from, to] = [good?.nixpkgsRevision ?? null, bad?.nixpkgsRevision ?? null]
  return from === null || to === null ? null : { from, to, compareUrl: compareUrl(upstream, from, to) }
}

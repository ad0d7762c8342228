import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { ObservedResult } from '@/lib/sources/source'
import { type SyncContext, writeFenced } from './context'
import { type Decode, type DecodedAttribute, decoderOf } from './decode'
import type { WantedRun } from './evaluation-plan'
import { noteFact } from './note-fact'
import { BRANCH_BY_ATTRIBUTE } from './run-branch'
import { storeDerivations } from './store-derivations'
import { storeFailures } from './store-failures'
import { storeResults } from './store-results'
import { evaluationKey } from './store-run'
import type { ReadRun } from './sync-evaluations'

/** A result with what the configuration makes of its path. */
export interface DecodedResult {
  readonly result: ObservedResult
  readonly decoded: DecodedAttribute
  readonly position: number
}

export type EvaluationRow = NonNullable<Awaited<ReturnType<typeof findRow>>>

/** Stores what was read of a run in one transaction: a reader sees the old evaluation or the new one, never a mixture. */
export async function storeEvaluation(context: SyncContext, run: WantedRun, read: ReadRun): Promise<void> {
  const source = context.config.sources.find(({ id }) => id === run.source)
  if (source === undefined) return
  const results = decodeAll(decoderOf(context.config, source), read)
  const stored = await writeFenced(context, async (tx) => {
    const derivations = await storeDerivations(tx, read)
    await storeFailures(tx, read.failures ?? [])
    const rows = await readTargets(tx, run, results)
    let changed = 0
    for (const row of rows) {
      const own = row.isSplit ? results.filter(({ decoded }) => decoded.branch === row.evaluation.branch) : results
      if (isStray(row, own, read)) await dropEvaluation(tx, row.evaluation.id)
      else changed += await storeOne(tx, context, { evaluation: row.evaluation, results: own, read, derivations })
    }
    if (changed > 0) await noteFact(tx, context.now())
    return { changed }
  })
  context.counts.evaluations += stored.changed
  context.counts.results += stored.changed > 0 ? results.length : 0
}

function decodeAll(decode: Decode, { evaluation }: ReadRun): DecodedResult[] {
  // An attribute path that comes twice counts once: the first stands.
  const seen = new Set<string>()
  return evaluation.results.flatMap((result, position) => {
    const key = JSON.stringify(result.path)
    if (seen.has(key)) return []
    seen.add(key)
    return { result, position, decoded: decode(result.path) }
  })
}

interface Target {
  readonly evaluation: EvaluationRow
  /** Only the results whose attribute path names the branch belong to it. */
  readonly isSplit: boolean
}

/**
 * The evaluations that a run stands for: one, or one for each branch that its attributes name. What a run that failed
 * as a whole says of the other branches is decided later, when it is known which there are (settle-source.ts).
 */
async function readTargets(tx: Tx, run: WantedRun, results: readonly DecodedResult[]): Promise<Target[]> {
  const rows = await tx.evaluation.findMany({ where: run, orderBy: { branch: 'asc' } })
  const whole = rows.find(({ branch }) => branch === BRANCH_BY_ATTRIBUTE)
  if (whole === undefined) return rows.map((evaluation) => ({ evaluation, isSplit: false }))
  const named = new Set(results.flatMap(({ decoded }) => decoded.branch ?? []))
  const known = rows.flatMap(({ branch }) => (branch === BRANCH_BY_ATTRIBUTE ? [] : branch))
  const split: Target[] = []
  for (const branch of new Set([...named, ...known])) {
    split.push({ evaluation: await ensureRow(tx, whole, branch), isSplit: true })
  }
  return [...split, { evaluation: whole, isSplit: true }]
}

/** An evaluation of a branch that the run, as read now, does not name at all, and that no failure explains. */
function isStray({ evaluation, isSplit }: Target, own: readonly DecodedResult[], read: ReadRun): boolean {
  if (!isSplit || evaluation.branch === BRANCH_BY_ATTRIBUTE || own.length > 0) return false
  return read.evaluation.results.length > 0 && read.evaluation.error === null
}

async function ensureRow(tx: Tx, whole: EvaluationRow, branch: string): Promise<EvaluationRow> {
  const { id: _, ...listed } = whole
  const { source, externalId } = whole
  const known = await findRow(tx, { source, externalId, branch })
  const { state, startedMs, finishedMs, isSuperseded, chainNumber } = listed
  if (known !== null) {
    return tx.evaluation.update({
      where: { id: known.id },
      data: { state, startedMs, finishedMs, isSuperseded, chainNumber },
    })
  }
  return tx.evaluation.create({
    data: { ...listed, branch, key: evaluationKey(source, externalId, branch), observedMs: null, lock: 'waiting' },
  })
}

async function dropEvaluation(tx: Tx, evaluationId: number): Promise<void> {
  await tx.resultError.deleteMany({ where: { evaluationId } })
  await tx.cause.deleteMany({ where: { evaluationId } })
  await tx.evaluation.delete({ where: { id: evaluationId } })
}

function findRow(tx: Tx, place: { source: string; externalId: string; branch: string }) {
  return tx.evaluation.findUnique({ where: { source_externalId_branch: place } })
}

interface OneEvaluation {
  readonly evaluation: EvaluationRow
  readonly results: readonly DecodedResult[]
  readonly read: ReadRun
  readonly derivations: ReadonlyMap<string, number>
}

/** Returns 1 when something of the evaluation changed, else 0: what was stored before then stays as it is. */
async function storeOne(tx: Tx, context: SyncContext, one: OneEvaluation): Promise<0 | 1> {
  const { evaluation, results, read } = one
  const state = stateOf(one)
  const facts = {
    state,
    isComplete: state === 'finished' && read.evaluation.error === null,
    error: errorOf(one, state),
    graph: graphOf(one),
  }
  const hasChanged = await storeResults(tx, {
    evaluation,
    results,
    derivations: one.derivations,
    failures: read.failures,
  })
  if (!hasChanged && evaluation.observedMs !== null && isSame(evaluation, facts)) return 0
  await tx.evaluation.update({
    where: { id: evaluation.id },
    data: { ...facts, observedMs: BigInt(context.now().getTime()) },
  })
  return 1
}

type Facts = Pick<EvaluationRow, 'state' | 'isComplete' | 'error' | 'graph'>

function isSame(stored: Facts, facts: Facts): boolean {
  return (
    stored.state === facts.state &&
    stored.isComplete === facts.isComplete &&
    stored.error === facts.error &&
    stored.graph === facts.graph
  )
}

const DECIDED: ReadonlySet<string> = new Set(['finished', 'failed'])

/** A finished run without any attribute did not evaluate, whatever its list entry says. */
function stateOf({ evaluation, read }: OneEvaluation): string {
  if (evaluation.handler === 'Config' || !DECIDED.has(evaluation.state)) return evaluation.state
  return read.evaluation.results.length === 0 ? 'failed' : 'finished'
}

function errorOf({ read }: OneEvaluation, state: string): string | null {
  return read.evaluation.error ?? (state === 'failed' ? 'The evaluation has no attributes.' : null)
}

function graphOf({ results, read }: OneEvaluation): string {
  if (read.failures === null) return 'waiting'
  return results.some(({ result }) => result.status === 'dependency-failed') ? 'read' : 'none'
}

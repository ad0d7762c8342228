import 'server-only'
import type { Evaluation, EvaluationPoint, PinnablePoint } from '@/lib/contract/evaluation'
import type { Db } from '@/lib/db/client'
import { isoOf } from './times'

const COLUMNS = {
  id: true,
  key: true,
  source: true,
  handler: true,
  externalId: true,
  number: true,
  chainNumber: true,
  url: true,
  ref: true,
  ciRevision: true,
  nixpkgsRevision: true,
  nixpkgsDateMs: true,
  state: true,
  error: true,
  isComplete: true,
  startedMs: true,
  finishedMs: true,
  observedMs: true,
} as const

export type StoredEvaluation = Awaited<ReturnType<typeof findEvaluations>>[number]

function findEvaluations(db: Db, ids: number[]) {
  return db.evaluation.findMany({ where: { id: { in: ids } }, select: COLUMNS })
}

/** The evaluations with these database ids, by id. */
export async function readEvaluationsById(
  db: Db,
  ids: Iterable<number | null>,
): Promise<ReadonlyMap<number, StoredEvaluation>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const found = await findEvaluations(db, wanted)
  return new Map(found.map((evaluation) => [evaluation.id, evaluation]))
}

/** An evaluation as every answer names it. */
export function toEvaluation(stored: StoredEvaluation): Evaluation {
  return {
    id: stored.key,
    source: stored.source,
    handler: stored.handler,
    externalId: stored.externalId,
    index: stored.number,
    url: stored.url,
    ref: stored.ref,
    ciRevision: stored.ciRevision,
    nixpkgsRevision: stored.nixpkgsRevision,
    nixpkgsDate: isoOf(stored.nixpkgsDateMs),
    state: toState(stored.state),
    startedAt: isoOf(stored.startedMs),
    finishedAt: isoOf(stored.finishedMs),
    observedAt: isoOf(stored.observedMs),
  }
}

function toState(state: string): Evaluation['state'] {
  if (state === 'finished' || state === 'failed' || state === 'cancelled') return state
  return 'running'
}

export function toPoint(stored: StoredEvaluation | undefined): EvaluationPoint | null {
  return stored === undefined ? null : { evaluation: stored.key, at: isoOf(stored.finishedMs) }
}

export function toPinnablePoint(stored: StoredEvaluation | undefined): PinnablePoint | null {
  if (stored === undefined) return null
  return { evaluation: stored.key, at: isoOf(stored.finishedMs), nixpkgsRevision: stored.nixpkgsRevision }
}

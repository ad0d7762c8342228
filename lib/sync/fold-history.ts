import 'server-only'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { type Status, statusOfCode } from '@/lib/domain/status'
import { emptyTrack, foldTrack, type Track } from '@/lib/domain/track'
import type { HistoryEvaluation } from './feed-history'

/** One result that makes a cell: of its row, of its system and variant, or of both. */
export interface CellResult {
  readonly row: string
  readonly system: string | null
  readonly variant: string | null
  readonly attributeId: number
  readonly derivationId: number | null
  readonly status: Status
  readonly judgement: number
  readonly position: number
  readonly role: number
}

/** Lane "" is the cell of the row; others are its cells per system and variant. */
export type LaneKey = `${string}\n${string}`

export function laneKey(row: string, lane: string): LaneKey {
  return `${row}\n${lane}`
}

export function rowOfLane(key: LaneKey): { row: string; lane: string } {
  const at = key.lastIndexOf('\n')
  return { row: key.slice(0, at), lane: key.slice(at + 1) }
}

export type Lanes = ReadonlyMap<LaneKey, CellResult>

/** The results of an evaluation that make cells, by row and lane. */
export async function readLanes(db: Db, evaluationId: number): Promise<Lanes> {
  const results = await queryRows(
    db,
    sql`SELECT a."row" AS "row", a."system" AS "system", a."variant" AS "variant", r."attributeId" AS "attributeId",
        r."derivationId" AS "derivationId", r."status" AS "code", r."judgement" AS "judgement",
        r."position" AS "position", r."role" AS "role"
      FROM "Result" r JOIN "Attribute" a ON a."id" = r."attributeId"
      WHERE r."evaluationId" = ${evaluationId} AND r."role" > 0 ORDER BY r."position"`,
    {
      row: text,
      system: nullable(text),
      variant: nullable(text),
      attributeId: integer,
      derivationId: nullable(integer),
      code: integer,
      judgement: integer,
      position: integer,
      role: integer,
    },
  )
  const lanes = new Map<LaneKey, CellResult>()
  for (const { code, ...stored } of results) {
    const result = { ...stored, status: statusOfCode(code) }
    const lane = laneOf(result)
    if (lane !== '') lanes.set(laneKey(result.row, lane), result)
    if (result.role === 2) lanes.set(laneKey(result.row, ''), result)
  }
  return lanes
}

/** The lane of a system and variant; "" where a result has neither. */
export function laneOf({ system, variant }: Pick<CellResult, 'system' | 'variant'>): string {
  return system === null && variant === null ? '' : `${system ?? ''} ${variant ?? ''}`
}

/**
 * Folds one evaluation into the tracks: every known cell gets an observation, also the ones that are missing from it.
 * `listed` are the cells to know before any complete evaluation has told which there are.
 */
export function foldEvaluation(
  tracks: ReadonlyMap<LaneKey, Track>,
  evaluation: HistoryEvaluation,
  lanes: Lanes,
  listed: readonly LaneKey[] = [],
): Map<LaneKey, Track> {
  const folded = new Map<LaneKey, Track>()
  const atMs = evaluation.finishedMs === null ? null : Number(evaluation.finishedMs)
  const expected = new Set(evaluation.isComplete ? [] : listed)
  for (const key of new Set([...expected, ...tracks.keys(), ...lanes.keys()])) {
    const track = tracks.get(key) ?? emptyTrack
    const isKnown = expected.has(key) || (track.strip.at(-1) ?? 'absent') !== 'absent'
    const result = lanes.get(key)
    const status = result?.status ?? missingStatus(evaluation, isKnown)
    const derivation = result?.derivationId ?? null
    folded.set(key, foldTrack(track, { evaluation: evaluation.id, atMs, status, derivation }))
  }
  return folded
}

/** What is missing is absent only from a complete evaluation; else, what was known before does not evaluate. */
function missingStatus(evaluation: HistoryEvaluation, isKnown: boolean): Status {
  return evaluation.isComplete || !isKnown ? 'absent' : 'evaluation-failed'
}

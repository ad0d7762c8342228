import 'server-only'
import type { Config } from '@/lib/config/schema'
import { HISTORY_MAX, type HistoryPoint } from '@/lib/contract/package'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { type Status, statusOfCode } from '@/lib/domain/status'
import { readEvaluationsById, type StoredEvaluation, toEvaluation } from './evaluations'

const DAY_MS = 86_400_000

export interface HistoryFeed {
  readonly branch: string
  readonly feed: string
  readonly ref: string | null
}

type Point = Awaited<ReturnType<typeof readPoints>>[number]

/** The newest evaluations of a feed, oldest first, and what each says of a row. */
export async function readPackageHistory(
  db: Db,
  config: Config,
  feed: HistoryFeed,
  row: string,
): Promise<HistoryPoint[]> {
  const points = (await readPoints(db, feed, row)).reverse()
  const evaluations = await readEvaluationsById(
    db,
    points.map(({ id }) => id),
  )
  const sizes = await readSizes(db, config, points)
  return points.flatMap((point) => {
    const evaluation = evaluations.get(point.id)
    return evaluation === undefined ? [] : toPoint(point, evaluation, sizes)
  })
}

function readPoints(db: Db, { branch, feed, ref }: HistoryFeed, row: string) {
  // A source's id holds no space; the name of a handler may.
  const [source, handler] = [feed.slice(0, feed.indexOf(' ')), feed.slice(feed.indexOf(' ') + 1)]
  return queryRows(
    db,
    sql`SELECT e."id" AS "id", p."status" AS "code", p."derivationId" AS "derivationId", d."path" AS "derivation",
        d."version" AS "version", d."buildSeconds" AS "buildSeconds"
      FROM "Evaluation" e
      LEFT JOIN (
        SELECT r."evaluationId", r."status", r."derivationId" FROM "Attribute" a
        JOIN "Result" r ON r."attributeId" = a."id" AND r."role" = 2
        WHERE a."row" = ${row} AND a."source" = ${source}
      ) p ON p."evaluationId" = e."id"
      LEFT JOIN "Derivation" d ON d."id" = p."derivationId"
      WHERE e."branch" = ${branch} AND e."source" = ${source} AND e."handler" IN (${handler}, 'Config')
        AND NOT e."isSuperseded" AND e."state" IN ('finished', 'failed') AND e."observedMs" IS NOT NULL
        AND (${ref ?? ''} = '' OR e."ref" IS NULL OR e."ref" = ${ref ?? ''})
      ORDER BY e."chainNumber" DESC, e."number" DESC LIMIT ${HISTORY_MAX}`,
    {
      id: integer,
      code: nullable(integer),
      derivationId: nullable(integer),
      derivation: nullable(text),
      version: nullable(text),
      buildSeconds: nullable(integer),
    },
  )
}

function toPoint(point: Point, evaluation: StoredEvaluation, sizes: ReadonlyMap<number, number>): HistoryPoint {
  const { finishedMs, observedMs } = evaluation
  return {
    evaluation: toEvaluation(evaluation),
    status: statusOf(point, evaluation),
    isReadLate: finishedMs !== null && observedMs !== null && Number(observedMs - finishedMs) > DAY_MS,
    derivation: point.derivation,
    version: point.version || null,
    narSize: sizes.get(point.derivationId ?? -1) ?? null,
    buildSeconds: point.buildSeconds,
  }
}

function statusOf(point: Point, evaluation: StoredEvaluation): Status {
  if (point.code !== null) return statusOfCode(point.code)
  return evaluation.isComplete ? 'absent' : 'evaluation-failed'
}

/** Bytes of the needed outputs by derivation; a derivation of which one size is unknown has none. */
async function readSizes(db: Db, config: Config, points: readonly Point[]): Promise<ReadonlyMap<number, number>> {
  const ids = [...new Set(points.flatMap(({ derivationId }) => derivationId ?? []))]
  const outputs = await db.output.findMany({
    where: { derivationId: { in: ids }, name: { notIn: config.ignoreOutputs } },
    select: { derivationId: true, narSize: true },
  })
  const sizes = new Map<number, number>()
  for (const { derivationId, narSize } of outputs) {
    sizes.set(derivationId, (sizes.get(derivationId) ?? 0) + (narSize === null ? Number.NaN : Number(narSize)))
  }
  return new Map([...sizes].filter(([, bytes]) => Number.isSafeInteger(bytes)))
}

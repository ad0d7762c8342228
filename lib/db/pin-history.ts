import 'server-only'
import type { Db } from './client'
import { flag, integer, nullable, queryRows, type RowOf, text } from './rows'
import { joinSql, sql } from './sql'

/** The decided evaluations of a branch on the ref that it follows, in no order, with the place of the feed of each. */
export async function readPinEvaluations(db: Db, branch: string): Promise<PinEvaluationRow[]> {
  const feeds = await db.feed.findMany({
    where: { branch },
    select: { feed: true, place: true, ref: true },
    orderBy: { place: 'asc' },
  })
  const evaluations = await readDecided(db, branch)
  return evaluations.flatMap(({ source, handler, ref, ...evaluation }) => {
    // A failed Config job decides for every handler of its push.
    const isFed = ({ feed }: { feed: string }) =>
      handler === 'Config' ? feed.startsWith(`${source} `) : feed === `${source} ${handler}`
    const feed = feeds.find(isFed)
    if (feed === undefined) return []
    return feed.ref === null || ref === null || feed.ref === ref ? { ...evaluation, place: feed.place } : []
  })
}

export type PinEvaluationRow = Omit<Awaited<ReturnType<typeof readDecided>>[number], 'source' | 'handler' | 'ref'> & {
  readonly place: number
}

function readDecided(db: Db, branch: string) {
  return queryRows(
    db,
    sql`SELECT e."id" AS "id", e."source" AS "source", e."handler" AS "handler", e."ref" AS "ref",
        e."chainNumber" AS "chainNumber", e."number" AS "number", e."startedMs" AS "startedMs",
        e."state" = 'failed' AS "isFailed", e."isComplete" AS "isComplete", e."nixpkgsRevision" AS "revision"
      FROM "Evaluation" e
      WHERE e."branch" = ${branch} AND NOT e."isSuperseded" AND e."state" IN ('finished', 'failed')
        AND (e."observedMs" IS NOT NULL OR e."handler" = 'Config')`,
    {
      ...{ id: integer, source: text, handler: text, ref: nullable(text), chainNumber: integer, number: integer },
      ...{ startedMs: integer, isFailed: flag, isComplete: flag, revision: nullable(text) },
    },
  )
}

const RESULT = {
  ...{ evaluationId: integer, attributeId: integer, row: text, attribute: text, package: text },
  ...{ system: nullable(text), variant: nullable(text), status: integer, judgement: integer },
  ...{ derivationId: nullable(integer), derivation: nullable(text), version: nullable(text), presence: integer },
  ...{ cause: nullable(text), causeName: nullable(text), causeStatus: nullable(integer) },
}
export type PinResultRow = RowOf<typeof RESULT>

/** The results that make the cells of these rows in these evaluations, with the first root cause; words are codes. */
export function readPinResults(
  db: Db,
  evaluationIds: readonly number[],
  rows: readonly string[],
  unchecked: number,
): Promise<PinResultRow[]> {
  return queryRows(
    db,
    sql`SELECT r."evaluationId" AS "evaluationId", r."attributeId" AS "attributeId", a."row" AS "row",
        a."text" AS "attribute", a."package" AS "package", a."system" AS "system", a."variant" AS "variant",
        r."status" AS "status", r."judgement" AS "judgement", r."derivationId" AS "derivationId",
        d."path" AS "derivation", d."version" AS "version", COALESCE(d."presence", ${unchecked}) AS "presence",
        c."derivation" AS "cause", c."name" AS "causeName", c."status" AS "causeStatus"
      FROM "Attribute" a
      JOIN "Result" r ON r."attributeId" = a."id"
      LEFT JOIN "Derivation" d ON d."id" = r."derivationId"
      LEFT JOIN "Cause" c
        ON c."evaluationId" = r."evaluationId" AND c."attributeId" = r."attributeId" AND c."position" = 0
      WHERE a."row" IN (${joinSql([...rows])}) AND r."role" = 2 AND r."evaluationId" IN (${joinSql([...evaluationIds])})`,
    RESULT,
  )
}

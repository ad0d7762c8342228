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

const ATTRIBUTE = {
  ...{ id: integer, row: text, attribute: text, package: text, system: nullable(text), variant: nullable(text) },
}
const RESULT = {
  ...{ evaluationId: integer, attributeId: integer, status: integer, judgement: integer },
  ...{ derivationId: nullable(integer), presence: integer },
  ...{ cause: nullable(text), causeName: nullable(text), causeStatus: nullable(integer) },
}
export type PinAttributeRow = RowOf<typeof ATTRIBUTE>
export type PinResultRow = RowOf<typeof RESULT> & Omit<PinAttributeRow, 'id'>

/** Every attribute that these rows have ever had. */
export function readPinAttributes(db: Db, rows: readonly string[]): Promise<PinAttributeRow[]> {
  return queryRows(
    db,
    sql`SELECT "id" AS "id", "row" AS "row", "text" AS "attribute", "package" AS "package", "system" AS "system",
        "variant" AS "variant"
      FROM "Attribute" WHERE "row" IN (${joinSql([...rows])})`,
    ATTRIBUTE,
  )
}

/**
 * The results that make cells, of these attributes in these evaluations, with the first root cause; words are codes.
 * Both lists are given as numbers, so that each result is one step in the primary key: a join would lead through all
 * results of an evaluation.
 */
export async function readPinResults(
  db: Db,
  evaluationIds: readonly number[],
  attributes: readonly PinAttributeRow[],
): Promise<PinResultRow[]> {
  if (evaluationIds.length === 0 || attributes.length === 0) return []
  const byId = new Map(attributes.map(({ id, ...attribute }) => [id, attribute]))
  const results = await queryRows(
    db,
    sql`SELECT r."evaluationId" AS "evaluationId", r."attributeId" AS "attributeId", r."status" AS "status",
        r."judgement" AS "judgement", r."derivationId" AS "derivationId",
        COALESCE(d."presence", ${UNCHECKED}) AS "presence",
        c."derivation" AS "cause", c."name" AS "causeName", c."status" AS "causeStatus"
      FROM "Result" r
      LEFT JOIN "Derivation" d ON d."id" = r."derivationId"
      LEFT JOIN "Cause" c
        ON c."evaluationId" = r."evaluationId" AND c."attributeId" = r."attributeId" AND c."position" = 0
      WHERE r."evaluationId" IN (${joinSql([...evaluationIds])})
        AND r."attributeId" IN (${joinSql([...byId.keys()])}) AND r."role" = 2`,
    RESULT,
  )
  return results.flatMap((result) => {
    const attribute = byId.get(result.attributeId)
    return attribute === undefined ? [] : { ...result, ...attribute }
  })
}

/** A presence that is no code of any: unchecked to whoever reads it. */
const UNCHECKED = 0

import 'server-only'
import type { RootCause } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import type { DiffAttribute } from '@/lib/domain/diff'
import { type Judgement, judgementOfCode, statusOfCode } from '@/lib/domain/status'

/** One attribute of a stored evaluation, ready to be compared. */
export interface StoredAttribute extends DiffAttribute {
  readonly derivationId: number | null
  readonly derivation: string | null
  readonly version: string | null
  readonly judgement: Judgement
  readonly rootCauses: readonly RootCause[]
}

/** All attributes of one evaluation (database id), in its order, with their root causes. */
export async function readDiffAttributes(db: Db, evaluationId: number): Promise<StoredAttribute[]> {
  const causes = await readCauses(db, evaluationId)
  const results = await queryRows(
    db,
    sql`SELECT r."attributeId" AS "attributeId", a."text" AS "attribute", a."package" AS "package", a."row" AS "row",
        a."system" AS "system", a."variant" AS "variant", r."status" AS "status", r."judgement" AS "judgement",
        d."id" AS "derivationId", d."path" AS "derivation", d."version" AS "version"
      FROM "Result" r JOIN "Attribute" a ON a."id" = r."attributeId" LEFT JOIN "Derivation" d ON d."id" = r."derivationId"
      WHERE r."evaluationId" = ${evaluationId} ORDER BY r."position"`,
    {
      attributeId: integer,
      attribute: text,
      package: text,
      row: text,
      system: nullable(text),
      variant: nullable(text),
      status: integer,
      judgement: integer,
      derivationId: nullable(integer),
      derivation: nullable(text),
      version: nullable(text),
    },
  )
  return results.map(({ attributeId, status, judgement, version, ...stored }) => ({
    ...stored,
    status: statusOfCode(status),
    judgement: judgementOfCode(judgement),
    version: version || null,
    rootCauses: causes.get(attributeId) ?? [],
  }))
}

async function readCauses(db: Db, evaluationId: number): Promise<ReadonlyMap<number, RootCause[]>> {
  const stored = await db.cause.findMany({
    where: { evaluationId },
    orderBy: [{ attributeId: 'asc' }, { position: 'asc' }],
  })
  const causes = new Map<number, RootCause[]>()
  for (const { attributeId, derivation, name, status } of stored) {
    const list = causes.get(attributeId) ?? []
    causes.set(attributeId, list)
    list.push({ derivation, name, status: statusOfCode(status) })
  }
  return causes
}

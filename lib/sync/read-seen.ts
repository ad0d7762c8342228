import 'server-only'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { maskMessage } from '@/lib/domain/root-cause'
import type { SeenCause, SeenCell } from '@/lib/domain/row-health'
import { judgementCode, statusOfCode } from '@/lib/domain/status'
import { type CauseSignature, signatureOf } from '@/lib/domain/triage'
import { laneOf } from './fold-history'
import { triageKey } from './triage-key'

/** Gives a cause the system that is known for it (lib/domain/triage.ts). */
export type Settle = (signature: CauseSignature) => CauseSignature

interface StoredCause {
  readonly derivation: string | null
  readonly name: string
  readonly status: SeenCause['status']
}

/** The cells of an evaluation that count, and why those that are broken are. */
export async function readSeenCells(db: Db, evaluationId: number, settle: Settle): Promise<SeenCell[]> {
  const cells = new Map<number, Omit<SeenCell, 'causes'> & { causes: SeenCause[] }>()
  for (const { attributeId, row, status, variant, system, derivationSystem, name, ...root } of await readResults(
    db,
    evaluationId,
  )) {
    const cell = cells.get(attributeId) ?? {
      row,
      lane: laneOf({ system, variant }),
      status: statusOfCode(status),
      causes: [],
    }
    cells.set(attributeId, cell)
    if (name === null) continue
    const cause = { derivation: root.derivation, name, status: statusOfCode(root.causeStatus ?? 0) }
    cell.causes.push(toSeenCause(cause, system ?? derivationSystem, settle))
  }
  return [...cells.values()]
}

/** An evaluation that failed as a whole is one cause of all that it leaves broken. */
export function wholeCause(error: string | null, settle: Settle): SeenCause | null {
  if (error === null) return null
  return toSeenCause({ derivation: null, name: maskMessage(error), status: 'evaluation-failed' }, null, settle)
}

/** The cause as it is known over versions and evaluations. */
export function toSeenCause(cause: StoredCause, system: string | null, settle: Settle): SeenCause {
  const signature = settle(signatureOf(cause, system))
  return { ...cause, key: triageKey(signature), kind: signature.kind, system: signature.system }
}

function readResults(db: Db, evaluationId: number) {
  return queryRows(
    db,
    sql`SELECT r."attributeId" AS "attributeId", a."row" AS "row", a."system" AS "system", a."variant" AS "variant",
        r."status" AS "status", d."system" AS "derivationSystem", k."derivation" AS "derivation", k."name" AS "name",
        k."status" AS "causeStatus"
      FROM "Result" r JOIN "Attribute" a ON a."id" = r."attributeId"
        LEFT JOIN "Derivation" d ON d."id" = r."derivationId"
        LEFT JOIN "Cause" k ON k."evaluationId" = r."evaluationId" AND k."attributeId" = r."attributeId"
      WHERE r."evaluationId" = ${evaluationId} AND r."role" > 0 AND r."judgement" <> ${judgementCode('may-fail')}
      ORDER BY r."position", k."position"`,
    {
      attributeId: integer,
      row: text,
      system: nullable(text),
      variant: nullable(text),
      status: integer,
      derivationSystem: nullable(text),
      derivation: nullable(text),
      name: nullable(text),
      causeStatus: nullable(integer),
    },
  )
}

import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { judgementCode, statusCode } from '@/lib/domain/status'
import type { FailureNode } from '@/lib/sources/source'
import { causesOf } from './causes-of'
import { chunksOf } from './chunks'
import { rolesOf } from './roles-of'
import type { DecodedResult, EvaluationRow } from './store-evaluation'

interface Read {
  readonly evaluation: EvaluationRow
  readonly results: readonly DecodedResult[]
  readonly derivations: ReadonlyMap<string, number>
  readonly failures: readonly FailureNode[] | null
}

/** Replaces the results of an evaluation, their errors and their root causes; false when all of it was stored already. */
export async function storeResults(tx: Tx, read: Read): Promise<boolean> {
  const { evaluation, results } = read
  const attributes = await storeAttributes(tx, evaluation.source, results)
  const idOf = (one: DecodedResult) => attributes.get(JSON.stringify(one.result.path)) ?? -1
  const roles = rolesOf(results)
  const rows = results.map((one, index) => [
    evaluation.id,
    idOf(one),
    one.result.derivation === null ? null : (read.derivations.get(one.result.derivation) ?? null),
    statusCode(one.result.status),
    judgementCode(one.result.judgement),
    one.position,
    roles[index] ?? 0,
  ])
  const errors = results.flatMap((one) =>
    one.result.error === null
      ? []
      : [[evaluation.id, idOf(one), one.result.error.message, one.result.error.type, one.result.error.derivation]],
  )
  const stored = await readStored(tx, evaluation.id)
  const found = results.flatMap((one) =>
    causesOf(one.result, read.failures).map(({ derivation, name, status }, position) => [
      evaluation.id,
      idOf(one),
      position,
      derivation,
      name,
      statusCode(status),
    ]),
  )
  const causes = read.failures === null ? [...found, ...keptCauses(stored, rows)] : found
  const wanted: Stored = { rows, errors, causes }
  if (isSameSet(stored.rows, rows) && isSameSet(stored.errors, errors) && isSameSet(stored.causes, causes)) return false
  await replace(tx, evaluation.id, wanted)
  return true
}

/** While the failure graph cannot be read, what is known of results that are blocked as they were before stays. */
function keptCauses(stored: Stored, rows: readonly Values[]): Values[] {
  const blocked = statusCode('dependency-failed')
  const before = new Map(stored.rows.map(([, attribute, ...rest]) => [attribute, rest.slice(0, 2).join(' ')]))
  const same = new Set(
    rows.flatMap(([, attribute = null, derivation, status]) =>
      status === blocked && before.get(attribute) === `${derivation} ${status}` ? [attribute] : [],
    ),
  )
  return stored.causes.filter(([, attribute = null]) => same.has(attribute))
}

type Values = readonly (string | number | null)[]

interface Stored {
  readonly rows: readonly Values[]
  readonly errors: readonly Values[]
  readonly causes: readonly Values[]
}

const RESULT_COLUMNS = [
  'evaluationId',
  'attributeId',
  'derivationId',
  'status',
  'judgement',
  'position',
  'role',
] as const
const ERROR_COLUMNS = ['evaluationId', 'attributeId', 'message', 'type', 'derivation'] as const
const CAUSE_COLUMNS = ['evaluationId', 'attributeId', 'position', 'derivation', 'name', 'status'] as const

async function readStored(tx: Tx, evaluationId: number): Promise<Stored> {
  const where = { evaluationId }
  return {
    rows: (await tx.result.findMany({ where })).map((row) => RESULT_COLUMNS.map((column) => row[column])),
    errors: (await tx.resultError.findMany({ where })).map((row) => ERROR_COLUMNS.map((column) => row[column])),
    causes: (await tx.cause.findMany({ where })).map((row) => CAUSE_COLUMNS.map((column) => row[column])),
  }
}

function isSameSet(stored: readonly Values[], wanted: readonly Values[]): boolean {
  if (stored.length !== wanted.length) return false
  const known = new Set(stored.map((values) => JSON.stringify(values)))
  return wanted.every((values) => known.has(JSON.stringify(values)))
}

async function replace(tx: Tx, evaluationId: number, { rows, errors, causes }: Stored): Promise<void> {
  const where = { evaluationId }
  await tx.result.deleteMany({ where })
  await tx.resultError.deleteMany({ where })
  await tx.cause.deleteMany({ where })
  await insertRows(tx, { table: 'Result', columns: RESULT_COLUMNS, rows, onConflict: 'ignore' })
  await insertRows(tx, { table: 'ResultError', columns: ERROR_COLUMNS, rows: errors, onConflict: 'ignore' })
  await insertRows(tx, { table: 'Cause', columns: CAUSE_COLUMNS, rows: causes, onConflict: 'ignore' })
}

/** Attribute rows of these paths, decoded; ids by the path's JSON text. */
async function storeAttributes(
  tx: Tx,
  source: string,
  results: readonly DecodedResult[],
): Promise<ReadonlyMap<string, number>> {
  const rows = results.map(({ result, decoded }) => [
    source,
    JSON.stringify(result.path),
    decoded.text,
    decoded.package,
    decoded.variant,
    decoded.system,
    decoded.row,
    JSON.stringify(decoded.rank),
  ])
  const decodedColumns = ['text', 'package', 'variant', 'system', 'row', 'rank']
  await insertRows(tx, {
    table: 'Attribute',
    columns: ['source', 'path', ...decodedColumns],
    rows,
    onConflict: { keys: ['source', 'path'], update: decodedColumns },
  })
  return readAttributeIds(
    tx,
    source,
    rows.map(([, path]) => String(path)),
  )
}

async function readAttributeIds(tx: Tx, source: string, paths: readonly string[]) {
  const ids = new Map<string, number>()
  for (const chunk of chunksOf(paths, 5_000)) {
    const stored = await tx.attribute.findMany({
      where: { source, path: { in: chunk } },
      select: { id: true, path: true },
    })
    for (const { id, path } of stored) ids.set(path, id)
  }
  return ids
}

import 'server-only'
import type { Tx } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { joinSql, sql } from '@/lib/db/sql'
import { compareEvaluations } from '@/lib/domain/evaluation-order'
import { PRESENCES, type Presence, presenceOfCode } from '@/lib/domain/presence'
import { judgementOfCode, mayBeReady, statusCode, statusOfCode } from '@/lib/domain/status'
import { chunksOf } from './chunks'
import { laneKey, laneOf } from './fold-history'

type StoredCell = Awaited<ReturnType<typeof readCells>>[number]

/** Brings `isReady`, `lastReadyId` and the sums of a branch in line with what the caches hold now; true when any moved. */
export async function storeReadiness(tx: Tx, branch: string): Promise<boolean> {
  const cells = await readCells(tx, branch)
  const presences = await readPresences(
    tx,
    cells.flatMap(({ derivationId }) => derivationId ?? []),
  )
  const judged = cells.map((cell) => ({ ...cell, ...readinessOf(cell, presences) }))
  const earlier = await readLastReady(
    tx,
    branch,
    judged.flatMap(({ row, isReadyNow }) => (isReadyNow ? [] : row)),
  )
  const moved = judged.flatMap((cell) => {
    const lastReadyId = cell.isReadyNow ? cell.evaluationId : (earlier.get(laneKey(cell.row, cell.lane)) ?? null)
    const isSame = cell.isReady === cell.isReadyNow && cell.lastReadyId === lastReadyId
    return isSame ? [] : { row: cell.row, lane: cell.lane, isReady: cell.isReadyNow, lastReadyId }
  })
  await updateCells(tx, branch, moved)
  const rows = judged.filter(({ lane, status }) => lane === '' && status !== statusCode('absent'))
  const ready = rows.filter(({ isReadyNow }) => isReadyNow).length
  const unready = JSON.stringify(countUnready(rows))
  await tx.branchState.updateMany({ where: { branch }, data: { ready, packages: rows.length, unready } })
  return moved.length > 0
}

interface MovedCell {
  readonly row: string
  readonly lane: string
  readonly isReady: boolean
  readonly lastReadyId: number | null
}

/** Cells that get the same values are updated together: thousands of cells share a few dozen. */
async function updateCells(tx: Tx, branch: string, moved: readonly MovedCell[]): Promise<void> {
  const groups = new Map<string, MovedCell[]>()
  for (const cell of moved) {
    const key = JSON.stringify([cell.lane, cell.isReady, cell.lastReadyId])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [cell])
    else group.push(cell)
  }
  for (const chunk of [...groups.values()].flatMap((group) => chunksOf(group, 5_000))) {
    const [{ lane, isReady, lastReadyId } = NO_CELL] = chunk
    const rows = chunk.map(({ row }) => row)
    await tx.cell.updateMany({ where: { branch, lane, row: { in: rows } }, data: { isReady, lastReadyId } })
  }
}

const NO_CELL: MovedCell = { row: '', lane: '', isReady: false, lastReadyId: null }

function readCells(tx: Tx, branch: string) {
  return tx.cell.findMany({
    where: { branch },
    select: {
      row: true,
      lane: true,
      evaluationId: true,
      derivationId: true,
      status: true,
      judgement: true,
      isReady: true,
      lastReadyId: true,
    },
  })
}

async function readPresences(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, Presence>> {
  const presences = new Map<number, Presence>()
  for (const chunk of chunksOf([...new Set(ids)], 5_000)) {
    const found = await tx.derivation.findMany({ where: { id: { in: chunk } }, select: { id: true, presence: true } })
    for (const { id, presence } of found) presences.set(id, presenceOfCode(presence))
  }
  return presences
}

/** Whether it is ready, and where it is built and yet is not, what the caches say of it. */
function readinessOf(cell: StoredCell, presences: ReadonlyMap<number, Presence>) {
  const isBuilt = mayBeReady(statusOfCode(cell.status), judgementOfCode(cell.judgement))
  const presence = presences.get(cell.derivationId ?? -1) ?? 'unchecked'
  const isReadyNow = isBuilt && presence === 'cached'
  return { isReadyNow, lack: isBuilt && !isReadyNow ? presence : null }
}

/** In one order whatever the cells': what is stored is compared. */
function countUnready(rows: readonly { readonly lack: Presence | null }[]): Partial<Record<Presence, number>> {
  const counts = PRESENCES.map((presence) => [presence, rows.filter(({ lack }) => lack === presence).length] as const)
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/**
 * Per lane of rows that are not ready, the newest evaluation of the followed ref in which what made the cell is still
 * cached. Asked from the cached derivations, so its cost follows what the caches hold, not the length of the history.
 */
async function readLastReady(tx: Tx, branch: string, rows: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const newest = new Map<string, CachedResult>()
  for (const chunk of chunksOf([...new Set(rows)], 1_000)) {
    for (const found of await readCachedResults(tx, branch, chunk)) {
      for (const key of lanesOf(found)) {
        const known = newest.get(key)
        if (known === undefined || compareEvaluations(found, known) > 0) newest.set(key, found)
      }
    }
  }
  return new Map([...newest].map(([key, { evaluationId }]) => [key, evaluationId]))
}

type CachedResult = Awaited<ReturnType<typeof readCachedResults>>[number]

function lanesOf({ row, role, system, variant }: CachedResult): string[] {
  const lane = laneOf({ system, variant })
  return [...(role === 2 ? [laneKey(row, '')] : []), ...(lane === '' ? [] : [laneKey(row, lane)])]
}

function readCachedResults(tx: Tx, branch: string, rows: readonly string[]) {
  return queryRows(
    tx,
    sql`SELECT a."row" AS "row", a."system" AS "system", a."variant" AS "variant", r."role" AS "role",
        e."id" AS "evaluationId", e."chainNumber" AS "chainNumber", e."number" AS "number"
      FROM "Derivation" d
      JOIN "Result" r ON r."derivationId" = d."id"
      JOIN "Attribute" a ON a."id" = r."attributeId"
      JOIN "Evaluation" e ON e."id" = r."evaluationId"
      JOIN "Feed" f ON f."branch" = e."branch" AND f."feed" = e."source" || ' ' || e."handler"
      WHERE d."isCached" AND r."role" > 0 AND r."status" = ${statusCode('succeeded')} AND r."judgement" <> 1
        AND e."branch" = ${branch} AND NOT e."isSuperseded" AND e."state" = 'finished'
        AND (f."ref" IS NULL OR e."ref" IS NULL OR e."ref" = f."ref") AND a."row" IN (${joinSql([...rows])})`,
    {
      row: text,
      system: nullable(text),
      variant: nullable(text),
      role: integer,
      evaluationId: integer,
      chainNumber: integer,
      number: integer,
    },
  )
}

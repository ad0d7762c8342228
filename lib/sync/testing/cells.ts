import 'server-only'
import type { Db } from '@/lib/db/client'
import { presenceOfCode } from '@/lib/domain/presence'
import { type Status, statusOfCode } from '@/lib/domain/status'

export interface SeenCell {
  readonly status: Status
  readonly ready: boolean
  /** Ids of runs at their source. */
  readonly evaluation: string | null
  readonly since: string | null
  readonly undecidedSince: string | null
  readonly lastGood: string | null
  readonly lastReady: string | null
  readonly strip: readonly Status[]
  /** Names of the root causes stored for the result. */
  readonly causes: readonly string[]
}

/** The cells of a branch by row, in words. */
export async function cellsOf(db: Db, branch = 'nixos-unstable'): Promise<Record<string, SeenCell>> {
  const runs = new Map((await db.evaluation.findMany()).map(({ id, externalId }) => [id, externalId]))
  const runOf = (id: number | null) => (id === null ? null : (runs.get(id) ?? 'gone'))
  const causes = await db.cause.findMany({ orderBy: { position: 'asc' } })
  const cells = await db.cell.findMany({ where: { branch, lane: '' }, orderBy: { row: 'asc' } })
  return Object.fromEntries(
    cells.map((cell) => [
      cell.row,
      {
        status: statusOfCode(cell.status),
        ready: cell.isReady,
        evaluation: runOf(cell.evaluationId),
        since: runOf(cell.sinceId),
        undecidedSince: runOf(cell.undecidedSinceId),
        lastGood: runOf(cell.lastGoodId),
        lastReady: runOf(cell.lastReadyId),
        strip: cell.strip.split(',').map((code) => statusOfCode(Number(code))),
        causes: causes
          .filter((cause) => cause.evaluationId === cell.evaluationId && cause.attributeId === cell.attributeId)
          .map(({ name }) => name),
      },
    ]),
  )
}

/** Statuses alone. */
export async function statusesOf(db: Db, branch = 'nixos-unstable'): Promise<Record<string, Status>> {
  return Object.fromEntries(Object.entries(await cellsOf(db, branch)).map(([row, { status }]) => [row, status]))
}

/** Presence in one cache, by output path. */
export async function presencesOf(db: Db, cache = 'bulk') {
  const stored = await db.presence.findMany({ where: { cache }, include: { output: true } })
  return new Map(stored.map((one) => [one.output.path, { ...one, presence: presenceOfCode(one.presence) }]))
}

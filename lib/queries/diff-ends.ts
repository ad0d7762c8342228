import 'server-only'
import type { DiffParams } from '@/lib/contract/diff'
import type { Db } from '@/lib/db/client'
import { readLastGood, readPrevious } from './diff-presets'
import { storable } from './storable'

export interface DiffEnds {
  readonly fromId: number
  readonly toId: number
}

/** Why a diff has no two sides, in a sentence without its full stop. */
export interface NoDiff {
  readonly reason: string
}

/**
 * The two evaluations that a query means: as named, else the newest finished one and the one before it, or with a
 * package the one in which that was good last.
 */
export async function readDiffEnds(db: Db, params: DiffParams): Promise<DiffEnds | NoDiff> {
  const { branch, package: row } = params
  const toId = params.to === null ? await newestOf(db, branch) : await idOf(db, params.to)
  if (toId === null) return { reason: missing(params.to, branch) }
  if (params.from !== null) {
    const fromId = await idOf(db, params.from)
    return fromId === null ? { reason: missing(params.from, null) } : { fromId, toId }
  }
  const to = await db.evaluation.findUniqueOrThrow({ where: { id: toId } })
  const from = row === null ? await readPrevious(db, to) : await readLastGood(db, to, storable(row))
  if (from !== null) return { fromId: from.id, toId }
  const wanted = row === null ? 'finished evaluation' : `evaluation with a good ${row.slice(0, 100)}`
  return { reason: `There is no ${wanted} before this one` }
}

function missing(id: string | null, branch: string | null): string {
  if (id !== null) return `There is no evaluation with the id ${id.slice(0, 100)}`
  return branch === null
    ? 'Name a branch, or two evaluations: from and to'
    : `There is no finished evaluation of a branch ${branch.slice(0, 100)}`
}

async function idOf(db: Db, key: string): Promise<number | null> {
  const found = await db.evaluation.findUnique({ where: { key: storable(key) }, select: { id: true } })
  return found?.id ?? null
}

async function newestOf(db: Db, branch: string | null): Promise<number | null> {
  if (branch === null) return null
  const feed = await db.feed.findFirst({
    where: { branch: storable(branch), place: 0 },
    select: { evaluationId: true },
  })
  return feed?.evaluationId ?? null
}

import 'server-only'
import type { DiffParams } from '@/lib/contract/diff'
import type { Db } from '@/lib/db/client'

export interface DiffEnds {
  readonly fromId: number
  readonly toId: number
}

/** Why a diff has no two sides, in a sentence that says what to do. */
export interface NoDiff {
  readonly reason: string
}

/** The two evaluations that a query means: as named, else the newest finished one and the one before it. */
export async function readDiffEnds(db: Db, params: DiffParams): Promise<DiffEnds | NoDiff> {
  const to = params.to === null ? await newestOf(db, params.branch) : await idOf(db, params.to)
  if (to === null) return { reason: missing(params.to, params.branch) }
  const from = params.from === null ? await before(db, to) : await idOf(db, params.from)
  if (from === null) {
    return {
      reason: params.from === null ? 'There is no finished evaluation before this one.' : missing(params.from, null),
    }
  }
  return { fromId: from, toId: to }
}

function missing(id: string | null, branch: string | null): string {
  if (id !== null) return `There is no evaluation with the id ${id}.`
  return branch === null
    ? 'Name a branch, or two evaluations: from and to.'
    : `There is no finished evaluation of a branch ${branch}.`
}

async function idOf(db: Db, key: string): Promise<number | null> {
  const found = await db.evaluation.findUnique({ where: { key }, select: { id: true } })
  return found?.id ?? null
}

async function newestOf(db: Db, branch: string | null): Promise<number | null> {
  if (branch === null) return null
  const feed = await db.feed.findFirst({ where: { branch, place: 0 }, select: { evaluationId: true } })
  return feed?.evaluationId ?? null
}

/** The evaluation before this one: finished, of the same branch, source and ref, not replaced by a rerun. */
async function before(db: Db, id: number): Promise<number | null> {
  const to = await db.evaluation.findUniqueOrThrow({ where: { id } })
  const found = await db.evaluation.findFirst({
    where: {
      branch: to.branch,
      source: to.source,
      ...(to.handler !== 'Config' && { handler: { in: [to.handler, 'Config'] } }),
      state: { in: ['finished', 'failed'] },
      observedMs: { not: null },
      isSuperseded: false,
      AND: [
        { OR: [{ chainNumber: { lt: to.chainNumber } }, { chainNumber: to.chainNumber, number: { lt: to.number } }] },
        to.ref === null ? {} : { OR: [{ ref: to.ref }, { ref: null }] },
      ],
    },
    select: { id: true },
    orderBy: [{ chainNumber: 'desc' }, { number: 'desc' }],
  })
  return found?.id ?? null
}

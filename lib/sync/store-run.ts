import 'server-only'
import { createHash } from 'node:crypto'
import type { Tx } from '@/lib/db/client'
import type { ListedRun } from '@/lib/sources/source'

/** The public id of an evaluation: the same whenever and by whom the source is read. */
export function evaluationKey(source: string, externalId: string, branch: string): string {
  return createHash('sha256')
    .update(JSON.stringify([source, externalId, branch]))
    .digest('base64url')
    .slice(0, 16)
}

/** Where a run belongs: `ref` only where the pushed ref is the nixpkgs branch. */
export interface RunPlace {
  readonly source: string
  readonly branch: string
  readonly ref: string | null
}

/** Stores what a list says of a run; what was read of it before stays. 0 when all of it was known. */
export async function storeRun(tx: Tx, place: RunPlace, run: ListedRun): Promise<0 | 1> {
  const listed = {
    handler: run.handler,
    number: run.index,
    url: run.url,
    ciRevision: run.ciRevision,
    startedMs: BigInt(run.startedAt.getTime()),
    finishedMs: run.finishedAt === null ? null : BigInt(run.finishedAt.getTime()),
  }
  const { source, branch } = place
  const known = await tx.evaluation.findUnique({
    where: { source_externalId_branch: { source, externalId: run.externalId, branch } },
  })
  if (known === null) {
    await createRun(tx, place, run, listed)
    return 1
  }
  // A run that was read as failed as a whole stays so: its list entry says no more than "finished".
  const state = known.state === 'failed' && run.state === 'finished' ? 'failed' : run.state
  if (state === known.state && isSame(known, listed)) return 0
  // A change of state asks for a fresh read of its results.
  const reread = state === known.state ? {} : { observedMs: null }
  await tx.evaluation.update({ where: { id: known.id }, data: { ...listed, state, ...reread } })
  return 1
}

type Listed = Pick<Evaluation, 'handler' | 'number' | 'url' | 'ciRevision' | 'startedMs' | 'finishedMs'>
type Evaluation = NonNullable<Awaited<ReturnType<Tx['evaluation']['findUnique']>>>

function isSame(known: Listed, listed: Listed): boolean {
  return (
    known.handler === listed.handler &&
    known.number === listed.number &&
    known.url === listed.url &&
    known.ciRevision === listed.ciRevision &&
    known.startedMs === listed.startedMs &&
    known.finishedMs === listed.finishedMs
  )
}

async function createRun(tx: Tx, { source, branch, ref }: RunPlace, run: ListedRun, listed: Listed): Promise<void> {
  await tx.evaluation.create({
    data: {
      ...listed,
      key: evaluationKey(source, run.externalId, branch),
      source,
      externalId: run.externalId,
      branch,
      ref,
      rerunOf: run.rerunOf,
      rerunOfNumber: run.rerunOfIndex,
      chainNumber: run.index,
      state: run.state,
      isComplete: false,
      isSuperseded: false,
      lock: 'waiting',
      graph: 'none',
    },
  })
}

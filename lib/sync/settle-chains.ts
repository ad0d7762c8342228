import 'server-only'
import type { SourceConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { type OrderedRun, orderRuns } from '@/lib/domain/evaluation-order'
import { isNamedByRef } from './run-branch'

const COLUMNS = {
  id: true,
  externalId: true,
  number: true,
  rerunOf: true,
  rerunOfNumber: true,
  handler: true,
  ciRevision: true,
  ref: true,
  state: true,
  observedMs: true,
  chainNumber: true,
  isSuperseded: true,
} as const

/** Gives every run of a source its place: the chain of reruns it belongs to, and whether a later run stands for it. */
export async function settleChains(tx: Tx, source: SourceConfig): Promise<void> {
  const stored = await tx.evaluation.findMany({ where: { source: source.id }, select: COLUMNS })
  const orders = orderRuns(stored.map((run) => toOrdered(source, run)))
  for (const { id, externalId, chainNumber, isSuperseded } of stored) {
    const order = orders.get(externalId)
    if (order === undefined) continue
    if (order.chainNumber !== chainNumber || order.isSuperseded !== isSuperseded) {
      await tx.evaluation.update({ where: { id }, data: order })
    }
  }
}

function toOrdered(source: SourceConfig, run: OrderedRun & { readonly observedMs: bigint | null }): OrderedRun {
  // A rerun whose results are not read yet cannot stand for what was read.
  const isKnown = run.observedMs !== null || run.handler === 'Config'
  const state = isKnown || run.state === 'cancelled' ? run.state : 'running'
  // A ref that a lock file told says nothing of the push.
  return { ...run, state, ref: isNamedByRef(source) ? run.ref : null }
}

import 'server-only'
import type { Tx } from '@/lib/db/client'
import { orderRuns } from '@/lib/domain/evaluation-order'

/** Gives every run of a source its place: the chain of reruns it belongs to, and whether a later run stands for it. */
export async function settleChains(tx: Tx, source: string): Promise<void> {
  const stored = await tx.evaluation.findMany({
    where: { source },
    select: {
      id: true,
      externalId: true,
      number: true,
      rerunOf: true,
      rerunOfNumber: true,
      handler: true,
      ciRevision: true,
      ref: true,
      state: true,
      chainNumber: true,
      isSuperseded: true,
    },
  })
  const orders = orderRuns(stored)
  for (const { id, externalId, chainNumber, isSuperseded } of stored) {
    const order = orders.get(externalId)
    if (order === undefined) continue
    if (order.chainNumber !== chainNumber || order.isSuperseded !== isSuperseded) {
      await tx.evaluation.update({ where: { id }, data: order })
    }
  }
}

import 'server-only'
import type { Tx } from '@/lib/db/client'
import { chunksOf } from './chunks'
import { type RankedResult, rolesOf } from './roles-of'

/** Decides anew which results make cells, in every evaluation that has one of these attributes. */
export async function reassignRoles(tx: Tx, attributeIds: readonly number[]): Promise<void> {
  const affected = new Set<number>()
  for (const chunk of chunksOf(attributeIds, 5_000)) {
    const evaluations = await tx.evaluation.findMany({
      where: { results: { some: { attributeId: { in: chunk } } } },
      select: { id: true },
    })
    for (const { id } of evaluations) affected.add(id)
  }
  for (const id of affected) await reassign(tx, id)
}

async function reassign(tx: Tx, evaluationId: number): Promise<void> {
  const stored = await tx.result.findMany({
    where: { evaluationId },
    select: {
      attributeId: true,
      position: true,
      role: true,
      attribute: { select: { row: true, rank: true, system: true, variant: true } },
    },
    orderBy: { position: 'asc' },
  })
  const roles = rolesOf(
    stored.map(({ position, attribute }) => ({ position, decoded: { ...attribute, rank: rankOf(attribute.rank) } })),
  )
  for (const role of [0, 1, 2]) {
    const moved = stored.flatMap((result, index) =>
      roles[index] === role && result.role !== role ? result.attributeId : [],
    )
    if (moved.length > 0) {
      await tx.result.updateMany({ where: { evaluationId, attributeId: { in: moved } }, data: { role } })
    }
  }
}

function rankOf(json: string): RankedResult['decoded']['rank'] {
  const rank: unknown = JSON.parse(json)
  const [glob, set]: unknown[] = Array.isArray(rank) ? rank : []
  return [typeof glob === 'number' ? glob : 0, typeof set === 'string' ? set : '']
}

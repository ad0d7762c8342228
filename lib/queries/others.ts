import 'server-only'
import type { Cell } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { statusOfCode } from '@/lib/domain/status'

export type Others = NonNullable<Cell['others']>

/** All attributes of rows in the evaluations that make their cells, by `evaluation row`, in evaluation order. */
export async function readOthers(
  db: Db,
  cells: readonly { evaluationId: number; row: string }[],
): Promise<ReadonlyMap<string, Others>> {
  const results = await db.result.findMany({
    where: {
      evaluationId: { in: [...new Set(cells.map(({ evaluationId }) => evaluationId))] },
      attribute: { row: { in: [...new Set(cells.map(({ row }) => row))] } },
    },
    select: { evaluationId: true, status: true, attribute: { select: { row: true, text: true } } },
    orderBy: [{ evaluationId: 'asc' }, { position: 'asc' }],
  })
  const others = new Map<string, Others>()
  for (const { evaluationId, status, attribute } of results) {
    const key = `${evaluationId} ${attribute.row}`
    const list = others.get(key) ?? []
    others.set(key, list)
    list.push({ attribute: attribute.text, status: statusOfCode(status) })
  }
  return others
}

import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { FoldedCause } from '@/lib/contract/folded-cause'
import type { RootCause } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { parseDrvName } from '@/lib/domain/derivation-name'

/** Folded causes with the branches on which a cause of the same name, whatever its version, stands now. */
export async function withBrokenNow(
  db: Db,
  config: Config,
  causes: readonly Omit<FoldedCause, 'brokenNow'>[],
): Promise<FoldedCause[]> {
  if (causes.length === 0) return []
  const now = await readBrokenNow(db)
  return causes.map((cause) => ({
    ...cause,
    brokenNow: config.branches.flatMap(({ name: branch }) => {
      const blocks = now.get(branch)?.get(signatureOf(cause)) ?? 0
      return blocks === 0 ? [] : [{ branch, blocks }]
    }),
  }))
}

/** By branch and signature: attributes that the cause breaks in the evaluation that the branch shows. */
async function readBrokenNow(db: Db): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const feeds = await db.feed.findMany({ where: { place: 0 }, select: { branch: true, evaluationId: true } })
  const counted = await db.cause.groupBy({
    by: ['evaluationId', 'derivation', 'name'],
    where: { evaluationId: { in: feeds.flatMap(({ evaluationId }) => evaluationId ?? []) } },
    _count: { _all: true },
  })
  return new Map(
    feeds.map(({ branch, evaluationId }) => {
      const sums = new Map<string, number>()
      for (const { _count, ...cause } of counted.filter((one) => one.evaluationId === evaluationId)) {
        const key = signatureOf(cause)
        sums.set(key, (sums.get(key) ?? 0) + _count._all)
      }
      return [branch, sums]
    }),
  )
}

/** A message of an evaluation that fails has no version to drop. */
function signatureOf({ derivation, name }: Pick<RootCause, 'derivation' | 'name'>): string {
  return derivation === null ? `message ${name}` : `derivation ${parseDrvName(name).name}`
}

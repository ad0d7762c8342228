import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { FoldedCause } from '@/lib/contract/folded-cause'
import type { RootCause } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { parseDrvName } from '@/lib/domain/derivation-name'
import type { BareCause } from './fold-causes'
import { readLogExcerpts } from './log-excerpt'

/** Folded causes with why they failed and on which branches a cause of that name, whatever its version, stands now. */
export async function readPresentCauses(db: Db, config: Config, causes: readonly BareCause[]): Promise<FoldedCause[]> {
  if (causes.length === 0) return []
  const [now, excerpts] = await Promise.all([
    readBrokenNow(db),
    readLogExcerpts(
      db,
      causes.flatMap(({ derivation }) => derivation ?? []),
    ),
  ])
  return causes.map((cause) => ({
    ...cause,
    excerpt: excerpts.get(cause.derivation ?? '') ?? null,
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

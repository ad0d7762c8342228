import 'server-only'
import type { Config, SourceConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { BRANCH_BY_ATTRIBUTE, NO_BRANCH } from './run-branch'
import { settleChains } from './settle-chains'
import { evaluationKey } from './store-run'

/** Brings the runs of a source in line with each other, after some of them were read. */
export async function settleSource(tx: Tx, config: Config, source: SourceConfig): Promise<void> {
  await spreadFailures(tx, config, source.id)
  await settleChains(tx, source)
}

/**
 * A run whose attributes would name its branches, and that failed as a whole, says of every branch that was fed before
 * that it does not evaluate: it becomes an evaluation of each.
 */
async function spreadFailures(tx: Tx, config: Config, source: string): Promise<void> {
  const failed = await tx.evaluation.findMany({
    where: {
      source,
      branch: BRANCH_BY_ATTRIBUTE,
      isComplete: false,
      state: { in: ['finished', 'failed'] },
      OR: [{ observedMs: { not: null } }, { handler: 'Config' }],
    },
  })
  if (failed.length === 0) return
  const fed = await readFedBranches(tx, config, source)
  const ids = failed.map(({ externalId }) => externalId)
  const known = await tx.evaluation.findMany({
    where: { source, externalId: { in: ids } },
    select: { externalId: true, branch: true },
  })
  const has = new Set(known.map(({ externalId, branch }) => JSON.stringify([externalId, branch])))
  for (const { id: _, ...run } of failed) {
    for (const { branch, firstNumber } of fed) {
      if (firstNumber > run.number || has.has(JSON.stringify([run.externalId, branch]))) continue
      const key = evaluationKey(source, run.externalId, branch)
      await tx.evaluation.create({ data: { ...run, branch, key, lock: 'waiting' } })
    }
  }
}

async function readFedBranches(tx: Tx, config: Config, source: string) {
  const fed = await tx.evaluation.groupBy({
    by: ['branch'],
    where: { source, branch: { notIn: [BRANCH_BY_ATTRIBUTE, NO_BRANCH] } },
    _min: { number: true },
  })
  return fed.flatMap(({ branch, _min }) =>
    config.branches.some(({ name }) => name === branch) ? { branch, firstNumber: _min.number ?? 0 } : [],
  )
}

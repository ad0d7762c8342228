import 'server-only'
import type { Config, SourceConfig } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { BRANCH_BY_ATTRIBUTE, branchOfRun, type NamedRun, NO_BRANCH } from './run-branch'
import { evaluationKey } from './store-run'

/** Moves stored evaluations to the branch that their ref or job name means now; what means none is kept aside. */
export async function placeAnew(tx: Tx, config: Config): Promise<void> {
  for (const source of config.sources) await placeSource(tx, config, source)
}

async function placeSource(tx: Tx, config: Config, source: SourceConfig): Promise<void> {
  const stored = await tx.evaluation.findMany({
    where: { source: source.id },
    select: { id: true, externalId: true, branch: true, ref: true, handler: true },
  })
  const taken = new Set(stored.map(({ externalId, branch }) => JSON.stringify([externalId, branch])))
  for (const evaluation of stored) {
    const branch = branchOfRun(source, config.branches, namesOf(evaluation)) ?? NO_BRANCH
    const place = JSON.stringify([evaluation.externalId, branch])
    if (branch === BRANCH_BY_ATTRIBUTE || taken.has(place)) continue
    taken.add(place)
    const key = evaluationKey(source.id, evaluation.externalId, branch)
    await tx.evaluation.update({ where: { id: evaluation.id }, data: { branch, key, ...lockOf(source) } })
  }
  // Which branches these runs stand for is told by their attributes alone: they are read again.
  await tx.evaluation.updateMany({
    where: { source: source.id, branch: BRANCH_BY_ATTRIBUTE, handler: { not: 'Config' } },
    data: { observedMs: null },
  })
}

function namesOf({ ref, handler }: { ref: string | null; handler: string }): NamedRun {
  const at = handler.indexOf('/')
  return { ref, handler, jobName: at < 0 ? null : handler.slice(at + 1) }
}

/** Where each branch has an input of its own, another branch means another revision of nixpkgs. */
function lockOf(source: SourceConfig): { lock?: string; nixpkgsRevision?: null; nixpkgsDateMs?: null } {
  const input = source.kind === 'hercules-ci' ? (source.repository?.lockInput ?? '') : ''
  return input.includes('{branch}') ? { lock: 'waiting', nixpkgsRevision: null, nixpkgsDateMs: null } : {}
}

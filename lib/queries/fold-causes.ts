import 'server-only'
import type { FoldedCause } from '@/lib/contract/folded-cause'
import type { RootCause } from '@/lib/contract/matrix'

/** A cause of one evaluation, before what stands around it is read. */
export type BareCause = Omit<FoldedCause, 'brokenNow' | 'excerpt'>

/** One row per root cause with what it blocks, worst first. `blocks` counts attributes. */
export function foldCauses(broken: readonly { package: string; rootCauses: readonly RootCause[] }[]): BareCause[] {
  const folded = new Map<string, BareCause>()
  for (const { package: name, rootCauses } of broken) {
    for (const cause of rootCauses) {
      const key = JSON.stringify([cause.derivation, cause.name])
      const known = folded.get(key) ?? { ...cause, blocks: 0, packages: [] }
      folded.set(key, known)
      known.blocks += 1
      if (!known.packages.includes(name)) known.packages.push(name)
    }
  }
  return [...folded.values()].sort((a, b) => b.blocks - a.blocks || (a.name < b.name ? -1 : 1))
}

import { healthOf, type Status } from './status'

/** How often the health may change without a new derivation before a package counts as flapping. */
export const FLIPS_MAX = 2

export interface FlappingObservation {
  readonly status: Status
  readonly derivation: string | null
}

/**
 * Does the outcome change without the thing that is built? True when one derivation both failed and succeeded, or when
 * health changed more than `FLIPS_MAX` times between evaluations of an unchanged derivation. Oldest first.
 */
export function isFlapping(history: readonly FlappingObservation[]): boolean {
  const decided = history.filter(({ status, derivation }) => derivation !== null && healthOf(status) !== 'undecided')
  return hasBothOutcomes(decided) || countFlips(decided) > FLIPS_MAX
}

function hasBothOutcomes(history: readonly FlappingObservation[]): boolean {
  const of = (status: Status) => new Set(history.flatMap((one) => (one.status === status ? one.derivation : [])))
  const failed = of('failed')
  return [...of('succeeded')].some((derivation) => failed.has(derivation))
}

function countFlips(history: readonly FlappingObservation[]): number {
  let flips = 0
  for (const [index, one] of history.entries()) {
    const before = history[index - 1]
    if (before === undefined || before.derivation !== one.derivation) continue
    if (healthOf(before.status) !== healthOf(one.status)) flips += 1
  }
  return flips
}

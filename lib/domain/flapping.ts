import { healthOf, type Status } from './status'

/** How often the health may change without a new derivation before a package counts as flapping. */
export const FLIPS_MAX = 2
/** Turns of a history that are kept: what flapped longer ago is settled. */
export const TURNS_KEPT = 20

/** What became of a derivation (database id), until another derivation or outcome took its turn. */
export interface Turn {
  readonly derivation: number
  readonly status: Status
}

/**
 * The last turns of a history after one more evaluation, oldest first. A left fold; evaluations that decide nothing, or
 * in which nothing was built, take no turn.
 */
export function foldTurns(
  turns: readonly Turn[],
  { status, derivation }: { readonly status: Status; readonly derivation: number | null },
): readonly Turn[] {
  const last = turns.at(-1)
  if (derivation === null || healthOf(status) === 'undecided') return turns
  if (last?.derivation === derivation && last.status === status) return turns
  return [...turns, { derivation, status }].slice(-TURNS_KEPT)
}

/**
 * Does the outcome change without the thing that is built? True when one derivation both failed and succeeded, or when
 * health changed more than `FLIPS_MAX` times between evaluations of an unchanged derivation. Oldest first.
 */
export function isFlapping(turns: readonly Turn[]): boolean {
  return hasBothOutcomes(turns) || countFlips(turns) > FLIPS_MAX
}

function hasBothOutcomes(turns: readonly Turn[]): boolean {
  const of = (status: Status) => new Set(turns.flatMap((turn) => (turn.status === status ? turn.derivation : [])))
  const failed = of('failed')
  return [...of('succeeded')].some((derivation) => failed.has(derivation))
}

function countFlips(turns: readonly Turn[]): number {
  let flips = 0
  for (const [index, turn] of turns.entries()) {
    const before = turns[index - 1]
    if (before === undefined || before.derivation !== turn.derivation) continue
    if (healthOf(before.status) !== healthOf(turn.status)) flips += 1
  }
  return flips
}

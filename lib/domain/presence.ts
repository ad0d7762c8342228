/** What binary caches say of an output (design: cache presence), and when a package is ready. */
export const PRESENCES = ['cached', 'untrusted', 'unreachable', 'unchecked', 'evicted', 'missing'] as const
export type Presence = (typeof PRESENCES)[number]

// Stored numbers: append only, never renumber.
const CODE: Record<Presence, number> = {
  cached: 1,
  untrusted: 2,
  unreachable: 3,
  unchecked: 4,
  evicted: 5,
  missing: 6,
}
const PRESENCE_BY_CODE: ReadonlyMap<number, Presence> = new Map(PRESENCES.map((presence) => [CODE[presence], presence]))

export function presenceCode(presence: Presence): number {
  return CODE[presence]
}

/** The presence behind a stored code; a code of a later version reads as `unchecked`. */
export function presenceOfCode(code: number): Presence {
  return PRESENCE_BY_CODE.get(code) ?? 'unchecked'
}

/** Over several caches the best answer counts; of none at all, the output is `unchecked`. */
export function bestPresence(presences: readonly Presence[]): Presence {
  return PRESENCES.find((presence) => presences.includes(presence)) ?? 'unchecked'
}

const WORST_FIRST = ['untrusted', 'evicted', 'missing', 'unreachable', 'unchecked', 'cached'] as const

/**
 * What stands between a built package and its readiness: the worst presence among the outputs that a user downloads.
 * `cached` when all of them are; a derivation whose outputs are not known is `unchecked`.
 */
export function neededPresence(
  outputs: readonly { readonly name: string; readonly presence: Presence }[],
  ignored: ReadonlySet<string>,
): Presence {
  const needed = outputs.filter(({ name }) => !ignored.has(name)).map(({ presence }) => presence)
  return WORST_FIRST.find((presence) => needed.includes(presence)) ?? 'unchecked'
}

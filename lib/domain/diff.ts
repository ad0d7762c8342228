import { type Health, healthOf, type Status } from './status'

export const CHANGES = [
  'newly-failing',
  'newly-fixed',
  'still-failing',
  'still-succeeding',
  'added',
  'removed',
  'undecided',
] as const
export type Change = (typeof CHANGES)[number]

/** One attribute of one side of a diff, as far as pairing and judging go. */
export interface DiffAttribute {
  /** Its path in Nix's text form. */
  readonly attribute: string
  readonly package: string
  readonly row: string
  readonly system: string | null
  readonly variant: string | null
  readonly status: Status
}

export interface DiffSide<A extends DiffAttribute> {
  readonly attributes: readonly A[]
  /** Finished without an evaluation-wide error: what is missing from it is absent indeed. */
  readonly isComplete: boolean
}

export interface DiffPair<A extends DiffAttribute> {
  readonly before: A | null
  readonly after: A | null
  readonly change: Change
}

/** Compares two evaluations, attribute by attribute: every attribute of either side is in exactly one pair. */
export function diffEvaluations<A extends DiffAttribute>(from: DiffSide<A>, to: DiffSide<A>): DiffPair<A>[] {
  return pairAttributes(from.attributes, to.attributes).map(({ before, after }) => ({
    before,
    after,
    change: changeOf(statusIn(before, from), statusIn(after, to)),
  }))
}

/** What an incomplete evaluation lacks does not evaluate there: it is never absent. */
function statusIn<A extends DiffAttribute>(attribute: A | null, side: DiffSide<A>): Status {
  return attribute?.status ?? (side.isComplete ? 'absent' : 'evaluation-failed')
}

const BY_HEALTH: Record<Health, Record<Health, Change>> = {
  good: { good: 'still-succeeding', broken: 'newly-failing', undecided: 'undecided' },
  broken: { good: 'newly-fixed', broken: 'still-failing', undecided: 'still-failing' },
  undecided: { good: 'undecided', broken: 'newly-failing', undecided: 'undecided' },
}

/**
 * What a change between two statuses means to a maintainer. A side that is already broken is never hidden by the other
 * being unfinished (design, section 8).
 */
export function changeOf(before: Status, after: Status): Change {
  if (before === 'absent') return after === 'absent' ? 'undecided' : 'added'
  if (after === 'absent') return 'removed'
  return BY_HEALTH[healthOf(before)][healthOf(after)]
}

interface Pair<A> {
  readonly before: A | null
  readonly after: A | null
}

/**
 * Pairs by path; what is left by package, variant and system, then by its row, then by its package with the version of its set
 * dropped, where one remains on each side. So neither a renamed layout nor a new Python reads as removed plus added.
 */
function pairAttributes<A extends DiffAttribute>(from: readonly A[], to: readonly A[]): Pair<A>[] {
  const pairs: Pair<A>[] = []
  let [before, after]: [readonly A[], readonly A[]] = [from, to]
  for (const keyOf of PAIRINGS) {
    const matched = matchSingles(before, after, keyOf)
    pairs.push(...matched.pairs)
    before = matched.before
    after = matched.after
  }
  return [
    ...pairs,
    ...before.map((attribute) => ({ before: attribute, after: null })),
    ...after.map((attribute) => ({ before: null, after: attribute })),
  ]
}

const PAIRINGS: readonly ((attribute: DiffAttribute) => string)[] = [
  ({ attribute, variant, system }) => JSON.stringify([attribute, variant, system]),
  (attribute) => JSON.stringify([attribute.package, attribute.variant, attribute.system]),
  (attribute) => JSON.stringify([attribute.row, attribute.variant, attribute.system]),
  (attribute) => JSON.stringify([withoutSetVersion(attribute.package), attribute.variant, attribute.system]),
  (attribute) => attribute.row,
  (attribute) => withoutSetVersion(attribute.package),
]

/** `python39Packages.numpy` and `python310Packages.numpy` are one package in two sets. */
function withoutSetVersion(path: string): string {
  return path.replace(/^([a-z]+)[0-9]+Packages\./, '$1Packages.')
}

/** Pairs what a key names once on each side; the rest stays. */
function matchSingles<A extends DiffAttribute>(
  from: readonly A[],
  to: readonly A[],
  keyOf: (attribute: A) => string,
): { pairs: Pair<A>[]; before: A[]; after: A[] } {
  const [ofFrom, ofTo] = [singlesOf(from, keyOf), singlesOf(to, keyOf)]
  const pairs: Pair<A>[] = []
  for (const [key, before] of ofFrom) {
    const after = ofTo.get(key)
    if (after !== undefined) pairs.push({ before, after })
  }
  const paired = new Set(pairs.flatMap(({ before, after }) => [before, after]))
  return {
    pairs,
    before: from.filter((attribute) => !paired.has(attribute)),
    after: to.filter((attribute) => !paired.has(attribute)),
  }
}

function singlesOf<A>(attributes: readonly A[], keyOf: (attribute: A) => string): ReadonlyMap<string, A> {
  const groups = new Map<string, A[]>()
  for (const attribute of attributes) {
    const key = keyOf(attribute)
    groups.set(key, [...(groups.get(key) ?? []), attribute])
  }
  return new Map(
    [...groups].flatMap(([key, [only, ...more]]) =>
      only !== undefined && more.length === 0 ? [[key, only] as const] : [],
    ),
  )
}

import { compareEvaluations } from './evaluation-order'
import { type Presence, presenceOfCode } from './presence'
import { type Judgement, judgementOfCode, mayBeReady, type Status, statusOfCode } from './status'

/** A decided evaluation of a branch: finished, or failed as a whole; none that a rerun replaced. */
export interface PinEvaluation {
  readonly id: number
  /** Place among the feeds of the branch: of several, the first decides. */
  readonly place: number
  readonly chainNumber: number
  readonly number: number
  readonly startedMs: number
  readonly isFailed: boolean
  /** What is missing from it is absent indeed. */
  readonly isComplete: boolean
  /** Of nixpkgs; null while unknown. */
  readonly revision: string | null
}

/** The evaluations of one nixpkgs revision, the one that decides first; or one that cannot be pinned, by itself. */
export interface PinStep {
  /** Null where there is nothing to pin: the evaluation failed as a whole, or its revision is not known. */
  readonly revision: string | null
  readonly evaluations: readonly [PinEvaluation, ...PinEvaluation[]]
}

/**
 * The history of a branch, newest first, one step per nixpkgs revision. A revision that was evaluated again, or by
 * several feeds, stands where its newest evaluation does.
 */
export function pinSteps(evaluations: readonly PinEvaluation[]): PinStep[] {
  const steps = new Map<string, [PinEvaluation, ...PinEvaluation[]]>()
  for (const evaluation of newestFirst(evaluations)) {
    const key = isPinnable(evaluation) ? `revision ${evaluation.revision}` : `evaluation ${evaluation.id}`
    const known = steps.get(key)
    if (known === undefined) steps.set(key, [evaluation])
    else known.push(evaluation)
  }
  return [...steps.values()].map((all) => {
    const [first, ...rest] = all
    const [deciding = first, ...others] = [first, ...rest].sort((a, b) => a.place - b.place)
    return { revision: isPinnable(first) ? first.revision : null, evaluations: [deciding, ...others] }
  })
}

function isPinnable({ isFailed, revision }: PinEvaluation): boolean {
  return !isFailed && revision !== null
}

/**
 * Numbers order the evaluations of one feed, and say nothing across feeds: there the start decides, and a rerun, which
 * stands where its chain began, counts as no later than what comes after it.
 */
function newestFirst(evaluations: readonly PinEvaluation[]): PinEvaluation[] {
  const places = [...new Set(evaluations.map(({ place }) => place))].sort((a, b) => a - b)
  const dated = places.flatMap((place) => {
    let latestMs = Number.POSITIVE_INFINITY
    const ofFeed = evaluations.filter((one) => one.place === place).sort((a, b) => compareEvaluations(b, a))
    return ofFeed.map((evaluation) => {
      latestMs = Math.min(latestMs, evaluation.startedMs)
      return { evaluation, atMs: latestMs }
    })
  })
  return dated.sort((a, b) => b.atMs - a.atMs).map(({ evaluation }) => evaluation)
}

/** What one evaluation says of one package: the result that makes the cell of its row. */
export interface PinResult {
  readonly status: Status
  readonly judgement: Judgement
  /** What stands between what was built and its readiness, as the caches last said. */
  readonly presence: Presence
}

/** That result as it is stored, in codes. */
export function pinResultOf(codes: {
  readonly status: number
  readonly judgement: number
  readonly presence: number
}): PinResult {
  return {
    status: statusOfCode(codes.status),
    judgement: judgementOfCode(codes.judgement),
    presence: presenceOfCode(codes.presence),
  }
}

/** How a package stands at a step. */
export interface Standing {
  readonly isReady: boolean
  /** All that may still be lacking is a cache that has it. */
  readonly isBuilt: boolean
  readonly status: Status
  readonly presence: Presence
}

/** The standing of a package at a step, and the result that it comes of; `resultOf` knows the results by evaluation id. */
export function standingAt<R extends PinResult>(
  step: PinStep,
  resultOf: (evaluationId: number) => R | undefined,
): { readonly standing: Standing; readonly result: R | null } {
  if (step.evaluations[0].isFailed) return without('evaluation-failed')
  for (const { id } of step.evaluations) {
    const result = resultOf(id)
    if (result !== undefined) return { standing: standingOf(result), result }
  }
  return without(step.evaluations.every(({ isComplete }) => isComplete) ? 'absent' : 'evaluation-failed')
}

function without(status: Status): { standing: Standing; result: null } {
  return { standing: { isReady: false, isBuilt: false, status, presence: 'unchecked' }, result: null }
}

function standingOf({ status, judgement, presence }: PinResult): Standing {
  const isBuilt = mayBeReady(status, judgement)
  return { status, presence, isBuilt, isReady: isBuilt && presence === 'cached' }
}

/** A step with its standings, as far as the choice goes: which of the packages are ready on it. */
export interface ChoosableStep {
  readonly isPinnable: boolean
  readonly ready: ReadonlySet<string>
}

/** Is this a revision on which all of these packages are ready? */
export function isPin({ isPinnable: mayBe, ready }: ChoosableStep, packages: readonly string[]): boolean {
  return mayBe && packages.length > 0 && packages.every((name) => ready.has(name))
}

/**
 * Of steps newest first, the newest on which most of the packages are ready, and the packages that are not: leaving
 * those out, nothing newer has all of the rest. Null where no package is ready anywhere.
 */
export function bestWithout(
  steps: readonly ChoosableStep[],
  packages: readonly string[],
): { readonly index: number; readonly without: readonly string[] } | null {
  let best: { index: number; count: number } | null = null
  for (const [index, step] of steps.entries()) {
    const count = step.isPinnable ? packages.filter((name) => step.ready.has(name)).length : 0
    if (count > (best?.count ?? 0)) best = { index, count }
  }
  const chosen = best === null ? undefined : steps[best.index]
  if (best === null || chosen === undefined) return null
  return { index: best.index, without: packages.filter((name) => !chosen.ready.has(name)) }
}

/** Neighbouring items of which `keyOf` says the same, in order; where it says null, nothing. */
export function stretchesOf<T>(items: readonly T[], keyOf: (item: T) => string | null): (readonly [T, ...T[]])[] {
  const stretches: [T, ...T[]][] = []
  let last: string | null = null
  for (const item of items) {
    const key = keyOf(item)
    if (key !== null && key === last) stretches.at(-1)?.push(item)
    else if (key !== null) stretches.push([item])
    last = key
  }
  return stretches
}

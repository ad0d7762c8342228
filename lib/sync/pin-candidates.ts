import 'server-only'
import type { Db } from '@/lib/db/client'
import { readPinAttributes, readPinEvaluations, readPinResults } from '@/lib/db/pin-history'
import { isPin, type PinStep, pinResultOf, pinSteps, standingAt } from '@/lib/domain/pin'

/** Packages that are to be pinned together on a branch, both by their names in the database. */
export interface PinWish {
  readonly branch: string
  readonly packages: readonly string[]
}

/** The revisions of a branch that could be pinned, newest first. */
export async function readPinnableSteps(db: Db, branch: string): Promise<PinStep[]> {
  return pinSteps(await readPinEvaluations(db, branch)).filter(({ revision }) => revision !== null)
}

/** What decides on some steps. */
export interface PinCandidates {
  /** Derivations of the steps on which every package was built: what the caches hold of them is all that is open. */
  readonly derivationIds: readonly number[]
  /** A step has everything ready, as stored. */
  readonly hasPin: boolean
}

export async function readCandidates(
  db: Db,
  steps: readonly PinStep[],
  { packages }: Pick<PinWish, 'packages'>,
): Promise<PinCandidates> {
  const ids = steps.flatMap(({ evaluations }) => evaluations.map(({ id }) => id))
  const results = await readPinResults(db, ids, await readPinAttributes(db, packages))
  const known = new Map(results.map((result) => [`${result.evaluationId} ${result.row}`, result]))
  const judged = steps.map((step) => {
    const standings = packages.map((name) => ({ name, ...standOn(step, (id) => known.get(`${id} ${name}`)) }))
    const isOpen = standings.every(({ isBuilt }) => isBuilt)
    return {
      isPinnable: true,
      ready: new Set(standings.flatMap(({ name, isReady }) => (isReady ? name : []))),
      derivationIds: isOpen ? standings.flatMap(({ derivationId }) => derivationId ?? []) : [],
    }
  })
  return {
    derivationIds: [...new Set(judged.flatMap(({ derivationIds }) => derivationIds))],
    hasPin: judged.some((step) => isPin(step, packages)),
  }
}

type StoredResult = Awaited<ReturnType<typeof readPinResults>>[number]

function standOn(step: PinStep, storedOf: (evaluationId: number) => StoredResult | undefined) {
  const resultOf = (id: number) => {
    const stored = storedOf(id)
    return stored === undefined ? undefined : { ...pinResultOf(stored), derivationId: stored.derivationId }
  }
  const { standing, result } = standingAt(step, resultOf)
  return { ...standing, derivationId: result?.derivationId ?? null }
}

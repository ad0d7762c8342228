import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import {
  type PinAttributeRow,
  type PinEvaluationRow,
  type PinResultRow,
  readPinAttributes,
  readPinEvaluations,
  readPinResults,
} from '@/lib/db/pin-history'
import {
  type ChoosableStep,
  isPin,
  type PinStep,
  pinResultOf,
  pinSteps,
  type Standing,
  standingAt,
} from '@/lib/domain/pin'
import { neededPresence, type Presence, presenceCode } from '@/lib/domain/presence'
import { type Outage, underOutages } from './cache-outages'
import { readOutputs } from './outputs'
import { storable } from './storable'

/** A step with how each package stands on it. */
export interface WalkedStep extends ChoosableStep {
  readonly step: PinStep
  readonly standings: ReadonlyMap<string, { readonly standing: Standing; readonly result: PinResultRow | null }>
}

export interface Walk {
  readonly evaluations: readonly PinEvaluationRow[]
  /** Newest first, down to the pin; all of them where there is none. */
  readonly steps: readonly WalkedStep[]
  readonly pin: WalkedStep | null
}

export interface WalkTools {
  readonly db: Db
  readonly config: Config
  readonly outages: readonly Outage[]
}

/** Steps of the first question; each further one asks twice as many, so the cost follows how far back the pin lies. */
const FIRST_STEPS = 8

/** Goes back through the history of a branch until every package is ready. */
export async function walkToPin(tools: WalkTools, branch: string, packages: readonly string[]): Promise<Walk> {
  const evaluations = await readPinEvaluations(tools.db, branch)
  const attributes = await readPinAttributes(tools.db, packages.map(storable))
  const steps = pinSteps(evaluations)
  const walked: WalkedStep[] = []
  for (let [start, count] = [0, FIRST_STEPS]; start < steps.length; start += count, count *= 2) {
    for (const step of await walkSteps(tools, steps.slice(start, start + count), { packages, attributes })) {
      walked.push(step)
      if (isPin(step, packages)) return { evaluations, steps: walked, pin: step }
    }
  }
  return { evaluations, steps: walked, pin: null }
}

async function walkSteps(
  tools: WalkTools,
  steps: readonly PinStep[],
  { packages, attributes }: { packages: readonly string[]; attributes: readonly PinAttributeRow[] },
): Promise<WalkedStep[]> {
  const ids = steps.flatMap(({ evaluations }) => evaluations.map(({ id }) => id))
  const results = await readPinResults(tools.db, ids, attributes)
  const presences = await readPresences(tools, results)
  const known = new Map(results.map((result) => [`${result.evaluationId} ${result.row}`, result]))
  return steps.map((step) => {
    const standings = new Map(
      packages.map((name) => {
        const resultOf = (id: number) => {
          const row = known.get(`${id} ${name}`)
          if (row === undefined) return undefined
          const stored = pinResultOf(row)
          return { ...stored, row, presence: presences.get(row.derivationId ?? -1) ?? stored.presence }
        }
        const { standing, result } = standingAt(step, resultOf)
        return [name, { standing, result: result?.row ?? null }] as const
      }),
    )
    const ready = new Set(packages.filter((name) => standings.get(name)?.standing.isReady))
    return { step, standings, ready, isPinnable: step.revision !== null }
  })
}

/** While a cache is silent, what was cached is judged by the other caches alone; by derivation. */
async function readPresences(
  { db, config, outages }: WalkTools,
  results: readonly PinResultRow[],
): Promise<ReadonlyMap<number, Presence>> {
  if (outages.length === 0) return new Map()
  const cached = results.filter(({ presence }) => presence === presenceCode('cached'))
  const outputs = await readOutputs(
    db,
    config,
    cached.flatMap(({ derivationId }) => derivationId ?? []),
  )
  const ignored = new Set(config.ignoreOutputs)
  return new Map(
    [...outputs].map(([id, all]) => [
      id,
      neededPresence(
        all.map((one) => underOutages(one, outages)),
        ignored,
      ),
    ]),
  )
}

/** A run, as far as its place among the others goes. */
export interface OrderedRun {
  readonly externalId: string
  readonly number: number
  readonly rerunOf: string | null
  readonly rerunOfNumber: number | null
  readonly handler: string
  readonly ciRevision: string
  readonly ref: string | null
  readonly state: string
}

export interface RunOrder {
  /** Number of the first run of the rerun chain. */
  readonly chainNumber: number
  /** A later run stands in its place: it is listed, but is no part of history. */
  readonly isSuperseded: boolean
}

/**
 * The place of each run, by external id. A finished, uncancelled rerun replaces what it repeats; a failed Config job is
 * replaced by any later finished run of the same push, since then the push did evaluate (contract hercules-ci, traps 3 and 5).
 */
export function orderRuns(runs: readonly OrderedRun[]): ReadonlyMap<string, RunOrder> {
  const byId = new Map(runs.map((run) => [run.externalId, run]))
  const chains = new Map(runs.map((run) => [run.externalId, chainNumberOf(run, byId)]))
  const newest = newestDecided(runs, chains)
  const pushes = newestOfPush(runs)
  return new Map(
    runs.map((run) => {
      const chainNumber = chains.get(run.externalId) ?? run.number
      const isReplaced = (newest.get(chainKey(run, chainNumber)) ?? run.number) > run.number
      const isOvertaken = run.handler === 'Config' && (pushes.get(pushKey(run)) ?? run.number) > run.number
      return [run.externalId, { chainNumber, isSuperseded: isReplaced || isOvertaken }]
    }),
  )
}

/** Orders evaluations: by the first run of their rerun chain, then by their own number. */
export function compareEvaluations(
  a: { readonly chainNumber: number; readonly number: number },
  b: { readonly chainNumber: number; readonly number: number },
): number {
  return a.chainNumber - b.chainNumber || a.number - b.number
}

function chainNumberOf(run: OrderedRun, byId: ReadonlyMap<string, OrderedRun>): number {
  const seen = new Set<OrderedRun>()
  let first = run
  while (first.rerunOf !== null) {
    if (seen.has(first)) return numberOfCycle(seen, first)
    seen.add(first)
    const before = byId.get(first.rerunOf)
    if (before === undefined) return Math.min(first.number, first.rerunOfNumber ?? first.number)
    first = before
  }
  return first.number
}

/** Runs that repeat each other have no first one: the lowest number among them serves all alike. */
function numberOfCycle(seen: ReadonlySet<OrderedRun>, entry: OrderedRun): number {
  const walked = [...seen]
  return Math.min(...walked.slice(walked.indexOf(entry)).map(({ number }) => number))
}

function newestDecided(runs: readonly OrderedRun[], chains: ReadonlyMap<string, number>): Map<string, number> {
  const newest = new Map<string, number>()
  for (const run of runs) {
    if (!isDecided(run)) continue
    const key = chainKey(run, chains.get(run.externalId) ?? run.number)
    newest.set(key, Math.max(newest.get(key) ?? 0, run.number))
  }
  return newest
}

function isDecided(run: OrderedRun): boolean {
  return run.state === 'finished' || run.state === 'failed'
}

function newestOfPush(runs: readonly OrderedRun[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const run of runs) {
    if (run.handler === 'Config' || !isDecided(run)) continue
    newest.set(pushKey(run), Math.max(newest.get(pushKey(run)) ?? 0, run.number))
  }
  return newest
}

function chainKey(run: OrderedRun, chainNumber: number): string {
  return `${run.handler} ${chainNumber}`
}

function pushKey(run: OrderedRun): string {
  return `${run.ciRevision} ${run.ref}`
}

/** Lives that ended, or were last seen alive, after so many time units: of equal length counted together. */
export interface LifeCount {
  readonly days: number
  readonly evicted: number
  /** Still alive when last seen: they lived at least that long. */
  readonly censored: number
}

export interface SurvivalPoint extends LifeCount {
  /** Lives that were still observed and not ended before. */
  readonly atRisk: number
  /** Share that lives longer than `days`, from 0 to 1. */
  readonly survival: number
}

/**
 * The product-limit estimate of Kaplan and Meier (Nonparametric estimation from incomplete observations, Journal of the
 * American Statistical Association 53, 1958): a point per length at which something happened, shortest first. Of equal
 * lengths, ends count before the censored ones, which were alive at that time.
 */
export function kaplanMeier(lives: readonly LifeCount[]): SurvivalPoint[] {
  const ordered = mergeEqual(lives)
  let atRisk = ordered.reduce((sum, { evicted, censored }) => sum + evicted + censored, 0)
  let survival = 1
  return ordered.map((life) => {
    if (life.evicted > 0) survival *= (atRisk - life.evicted) / atRisk
    const point = { ...life, atRisk, survival }
    atRisk -= life.evicted + life.censored
    return point
  })
}

/** A half that was multiplied together may come out a little above it. */
const ROUNDING = 1e-9

/** The first length by which at least half have ended; null while more than half are estimated to live on. */
export function medianSurvival(curve: readonly SurvivalPoint[]): number | null {
  return curve.find(({ survival }) => survival <= 0.5 + ROUNDING)?.days ?? null
}

/** Share that lives longer than so many days. */
export function survivalAt(curve: readonly SurvivalPoint[], days: number): number {
  return curve.findLast((point) => point.days <= days)?.survival ?? 1
}

function mergeEqual(lives: readonly LifeCount[]): LifeCount[] {
  const byLength = new Map<number, LifeCount>()
  for (const { days, evicted, censored } of lives) {
    const known = byLength.get(days)
    byLength.set(days, {
      days,
      evicted: evicted + (known?.evicted ?? 0),
      censored: censored + (known?.censored ?? 0),
    })
  }
  return [...byLength.values()]
    .filter(({ evicted, censored }) => evicted + censored > 0)
    .sort((a, b) => a.days - b.days)
}

import { groupedNumber } from '@/components/age'
import type { Cache, Survival } from '@/lib/contract/caches'
import { SurvivalChart } from './survival-chart'
import { SurvivalTable } from './survival-table'

/** How long outputs live in a cache until they are evicted, and how that is known. */
export function SurvivalSection({ cache: { id, survival, recheckMinutes } }: { cache: Cache }) {
  return (
    <section aria-labelledby={`survival-${id}`} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h3 id={`survival-${id}`} className="font-semibold">
        How long it keeps outputs
      </h3>
      <p className="max-w-[80ch]">{survivalWords(survival)}</p>
      {survival.evicted > 0 && (
        <div className="max-w-3xl">
          <SurvivalChart survival={survival} />
          <SurvivalTable id={id} survival={survival} />
        </div>
      )}
      {survival.lives > 0 && (
        <p className="max-w-[80ch] text-xs text-muted">
          Estimated by the product-limit method of Kaplan and Meier (1958) over the time from first seen cached to found
          evicted, in days begun; outputs that still live, or that are asked for no more, count as alive until they were
          last seen. An eviction is noticed only when the cache is asked the next time, every {recheckMinutes} minutes
          at most while the sync runs, and what was pushed before it was first looked for lived longer than this tells.
        </p>
      )}
    </section>
  )
}

function survivalWords({ lives, evicted, medianDays, curve }: Survival): string {
  if (lives === 0) return 'Nothing is known yet: no output was seen cached here.'
  const longest = daysWords(curve.at(-1)?.days ?? 0)
  const seen = `${groupedNumber(lives)} ${lives === 1 ? 'output was' : 'outputs were'} seen here`
  if (evicted === 0) return `${seen}, for up to ${longest}, and none was evicted.`
  const half =
    medianDays === null
      ? `More than half live longer than the ${longest} that could be observed.`
      : `Half of them are evicted within ${daysWords(medianDays)} after they are first seen.`
  return `${seen}, and ${groupedNumber(evicted)} evicted. ${half}`
}

function daysWords(days: number): string {
  return days === 1 ? 'one day' : days === 0 ? 'less than a day' : `${groupedNumber(days)} days`
}

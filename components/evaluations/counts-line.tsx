import { groupedNumber } from '@/components/age'
import type { Counts } from '@/lib/contract/evaluations'
import { healthOf, STATUSES, type Status } from '@/lib/domain/status'

const GROUPS = [
  { health: 'good', word: 'built', className: 'bar-good' },
  { health: 'broken', word: 'broken', className: 'bar-bad' },
  { health: 'undecided', word: 'undecided', className: 'bar-idle' },
] as const

/** How many attributes are built, broken and undecided, as a bar and in numbers. */
export function CountsLine({ counts }: { counts: Counts }) {
  const sums = GROUPS.map((group) => ({ ...group, sum: sumOf(counts, (status) => healthOf(status) === group.health) }))
  const shown = sums.filter(({ sum }) => sum > 0)
  if (shown.length === 0) return <span className="text-muted">no attributes</span>
  return (
    <span className="flex items-center gap-x-2">
      <span aria-hidden="true" className="flex h-1.5 w-24 shrink-0 gap-px overflow-hidden rounded-full">
        {shown.map(({ health, className, sum }) => (
          <span key={health} className={className} style={{ flexGrow: sum }} />
        ))}
      </span>
      <span className="tabular whitespace-nowrap">
        {shown.map(({ word, sum }) => `${groupedNumber(sum)} ${word}`).join(' · ')}
      </span>
    </span>
  )
}

function sumOf(counts: Counts, isMeant: (status: Status) => boolean): number {
  return STATUSES.filter(isMeant).reduce((sum, status) => sum + (counts[status] ?? 0), 0)
}

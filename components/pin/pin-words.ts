import type { Pin } from '@/lib/contract/pin'

/** How far a revision is behind its branch: "3 evaluations and 2.1 days behind the newest one". */
export function behindWords({ evaluations, days }: Pin['behind']): string {
  if (evaluations === 0) return 'the newest evaluation'
  const count = `${evaluations} ${evaluations === 1 ? 'evaluation' : 'evaluations'}`
  // A lock file may have gone back since: then there are evaluations to be behind, and no days.
  const span = days === null || days <= 0 ? '' : ` and ${dayWords(days)}`
  return `${count}${span} behind the newest one`
}

function dayWords(days: number): string {
  if (days < 1) return `${Math.max(1, Math.round(days * 24))} h`
  return `${days < 10 ? Number(days.toFixed(1)) : Math.round(days)} days`
}

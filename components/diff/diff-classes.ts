import type { Diff } from '@/lib/contract/diff'

/** What the summary counts and filters by, in the order of the page. */
export const DIFF_CLASSES = [
  'newly-failing',
  'still-failing',
  'newly-fixed',
  'undecided',
  'version-changed',
  'added',
  'removed',
  'no-longer-cached',
] as const
export type DiffClass = (typeof DIFF_CLASSES)[number]

export const CLASS_WORDS = {
  'newly-failing': 'newly failing',
  'still-failing': 'still failing',
  'newly-fixed': 'newly fixed',
  undecided: 'undecided',
  'version-changed': 'other version',
  added: 'added',
  removed: 'removed',
  'no-longer-cached': 'no longer cached',
} satisfies Record<DiffClass, string>

/** How many attributes are in a class. */
export function countOf(diff: Diff, one: DiffClass): number {
  return one === 'no-longer-cached' ? diff.noLongerCached.length : diff.summary[one]
}

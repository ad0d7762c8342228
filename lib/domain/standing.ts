import type { Mark } from './cell-word'
import type { Freshness } from './freshness'

/** How a place of the matrix is to be read: nothing is known of it, nothing is there, or what stands there is old or not. */
export type Standing = 'no-data' | 'absent' | 'stale' | 'fresh'

/** The standing of a mark in a column of this freshness; of no mark, of the hole in the column. */
export function standingOf(mark: Mark | null, freshness: Freshness['freshness']): Standing {
  if (mark === null && freshness === 'never') return 'no-data'
  if (mark === null || mark === 'absent') return 'absent'
  return freshness === 'fresh' ? 'fresh' : 'stale'
}

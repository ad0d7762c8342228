import 'server-only'
import type { Badge } from '@/lib/contract/badge'
import type { BadgeWord } from '@/lib/domain/badge'

/** Longest foreign name on a badge. */
export const NAME_MAX = 60

/** A badge that says one thing. */
export function toBadge(label: string, { word, tone }: BadgeWord): Badge {
  return { label, message: word, tone, isError: false, grid: null }
}

/** A grey badge that says what is wrong with what was asked. */
export function faultOf(label: string, message: string): Badge {
  return { label, message, tone: 'idle', isError: true, grid: null }
}

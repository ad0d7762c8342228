import type { MatrixBranch } from '@/lib/contract/matrix'
import { unreadyWord } from '@/lib/domain/cell-word'
import { groupedNumber } from './age'

const SHOWN = ['evicted', 'untrusted', 'missing', 'unreachable', 'unchecked'] as const

/** What of a branch is built and yet not ready, and why, worst news first: "2 evicted, 4 not cached"; "" when all is. */
export function unreadyWords(unready: MatrixBranch['unready']): string {
  const words = SHOWN.map((lack) => [unreadyWord(lack), unready[lack]] as const)
  const sums = new Map<string, number>()
  for (const [word, count] of words) sums.set(word, (sums.get(word) ?? 0) + count)
  return [...sums].flatMap(([word, count]) => (count > 0 ? `${groupedNumber(count)} ${word}` : [])).join(', ')
}

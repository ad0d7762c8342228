import type { Cell, MatrixBranch } from '@/lib/contract/matrix'
import { ageWords } from '@/lib/domain/age'
import { cellWord, type Mark } from '@/lib/domain/cell-word'
import { bareName } from '@/lib/domain/derivation-name'
import { standingOf } from '@/lib/domain/standing'

export interface CellState {
  readonly mark: Mark
  readonly word: string
  /** What a screen reader hears and the title shows; the word alone unless the facts are old. */
  readonly full: string
  readonly isStale: boolean
  /** Age of the present health, or null. */
  readonly age: string | null
}

const NO_DATA: CellState = { mark: 'unknown', word: 'no data', full: 'no data yet', isStale: false, age: null }

/** What one place of the matrix says. A hole in a column that was evaluated is absent; in any other it is no data. */
export function cellState(cell: Cell | undefined, branch: MatrixBranch, now: Date): CellState {
  const { mark, word } = wordOf(cell)
  const standing = standingOf(cell === undefined ? null : mark, branch.freshness)
  if (standing === 'no-data') return NO_DATA
  if (standing === 'absent') return { mark, word, full: word, isStale: false, age: null }
  const since = cell?.since?.at ?? null
  const age = since === null ? null : ageWords(since, now)
  if (standing === 'fresh') return { mark, word, full: word, isStale: false, age }
  const finishedAt = (cell?.from ?? branch.evaluation)?.finishedAt ?? null
  const old = finishedAt === null ? 'stale' : `${ageWords(finishedAt, now)} old`
  return { mark, word: old, full: `${old}, was ${word}`, isStale: true, age: null }
}

/** The word of the last status, whatever its age. */
export function wordOf(cell: Cell | undefined): { mark: Mark; word: string } {
  if (cell === undefined) return cellWord({ status: 'absent', isReady: false, presence: 'unchecked', cause: null })
  const cause = cell.rootCauses[0]?.name ?? null
  return cellWord({
    status: cell.status,
    isReady: cell.ready,
    presence: cell.presence,
    cause: cause && bareName(cause),
  })
}

/** The version, where it is another than the row's. */
export function ownVersion(cell: Cell | undefined, rowVersion: string | null): string | null {
  return cell !== undefined && cell.version !== rowVersion ? cell.version : null
}

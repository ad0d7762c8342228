import type { MatrixBranch } from '@/lib/contract/matrix'
import { ClientError, EXIT } from './exit'

/** The branches that are named by name or title; all of them when none is. Throws `ClientError` for an unknown one. */
export function chosenBranches(branches: readonly MatrixBranch[], names: readonly string[]): readonly MatrixBranch[] {
  if (names.length === 0) return branches
  return names.map((wanted) => {
    const found = branches.find(({ name, title }) => name === wanted || title === wanted)
    if (found !== undefined) return found
    const known = branches.map(({ name }) => name).join(', ')
    throw new ClientError(`There is no branch "${wanted}". There are ${known || 'none'}.`, EXIT.wrongUse)
  })
}

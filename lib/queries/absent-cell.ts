import 'server-only'
import type { Cell, MatrixParams } from '@/lib/contract/matrix'

/** What is said of a package that is not in the evaluation of a branch and never was. */
export function absentCell(view: MatrixParams['view']): Cell {
  return {
    status: 'absent',
    ready: false,
    mayFail: false,
    presence: 'unchecked',
    attribute: null,
    system: null,
    variant: null,
    derivation: null,
    version: null,
    rootCauses: [],
    since: null,
    lastGood: null,
    lastReady: null,
    undecidedSince: null,
    changed: false,
    flapping: false,
    url: null,
    from: null,
    ...(view === 'full' && { outputs: [], strip: [], others: [] }),
  }
}

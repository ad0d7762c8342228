import 'server-only'
import { derivationName } from '@/lib/domain/derivation-name'
import { maskMessage, rootsOf } from '@/lib/domain/root-cause'
import type { Status } from '@/lib/domain/status'
import type { FailureNode, ObservedResult } from '@/lib/sources/source'

/** Why a result is broken, at the root. `derivation` is null for what does not evaluate. */
export interface Cause {
  readonly derivation: string | null
  readonly name: string
  readonly status: Status
}

/**
 * The root causes of a result through any number of levels: what failed by itself names itself, what does not evaluate
 * the derivation whose build evaluation needed, or else its message with store paths and numbers masked.
 * None while the failure graph is not read: an unknown cause is not guessed.
 */
export function causesOf(result: ObservedResult, failures: readonly FailureNode[] | null): Cause[] {
  const { status, derivation, error } = result
  if (status === 'evaluation-failed') return error === null ? [] : [causeOfError(error)]
  if (derivation === null) return []
  if (status === 'failed' || status === 'timed-out') return [{ derivation, name: derivationName(derivation), status }]
  if (status !== 'dependency-failed' || failures === null) return []
  const graph = graphOf(failures)
  return rootsOf(derivation, graph).flatMap((root) =>
    // A blocked derivation that the graph does not explain has no known cause.
    root === derivation
      ? []
      : { derivation: root, name: derivationName(root), status: graph.get(root)?.status ?? 'failed' },
  )
}

function causeOfError(error: NonNullable<ObservedResult['error']>): Cause {
  if (error.derivation !== null) {
    return { derivation: error.derivation, name: derivationName(error.derivation), status: 'failed' }
  }
  return { derivation: null, name: maskMessage(error.message), status: 'evaluation-failed' }
}

const GRAPHS = new WeakMap<readonly FailureNode[], ReadonlyMap<string, FailureNode>>()

function graphOf(failures: readonly FailureNode[]): ReadonlyMap<string, FailureNode> {
  const graph = GRAPHS.get(failures) ?? new Map(failures.map((node) => [node.derivation, node]))
  GRAPHS.set(failures, graph)
  return graph
}

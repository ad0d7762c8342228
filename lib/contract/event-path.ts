import type { HealthEvent } from '@/lib/domain/health-event'
import { paths } from './paths'

/** The page of ours that says most of a change of health. */
export function eventPath({ kind, branch, cause, packages, evaluation, before }: HealthEvent): string {
  if (kind === 'broke' && cause !== null && cause.derivation !== null) return paths.derivation(cause.derivation)
  if (cause !== null && evaluation !== null) return paths.diffOf({ from: before, to: evaluation })
  const [only, ...more] = packages
  return only !== undefined && more.length === 0 ? paths.package(only) : paths.branch(branch)
}

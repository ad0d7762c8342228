import 'server-only'
import type { ListedEvaluation } from '@/lib/contract/evaluations'
import { type StoredEvaluation, toEvaluation } from './evaluations'

/** An evaluation as lists show it: also what became of it as a whole. */
export function toListed(stored: StoredEvaluation & { readonly isSuperseded: boolean }): ListedEvaluation {
  return { ...toEvaluation(stored), isSuperseded: stored.isSuperseded, error: stored.error }
}

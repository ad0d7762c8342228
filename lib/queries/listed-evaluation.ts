import 'server-only'
import type { ListedEvaluation } from '@/lib/contract/evaluation'
import { type StoredEvaluation, toEvaluation } from './evaluations'

/** An evaluation as lists show it: also of which branch, and what became of it as a whole. */
export function toListed(
  stored: StoredEvaluation & { readonly branch: string; readonly isSuperseded: boolean },
): ListedEvaluation {
  const { branch, isComplete, isSuperseded, error } = stored
  return { ...toEvaluation(stored), branch, isComplete, isSuperseded, error }
}

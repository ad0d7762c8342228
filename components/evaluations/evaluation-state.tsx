import { StatusMark } from '@/components/status-mark'
import type { ListedEvaluation } from '@/lib/contract/evaluation'

type Stateful = Pick<ListedEvaluation, 'state' | 'isSuperseded' | 'isComplete'>

/** What became of an evaluation as a whole, in words. */
export function EvaluationState({ evaluation }: { evaluation: Stateful }) {
  return (
    <span className="inline-flex items-start gap-1.5">
      {evaluation.state !== 'finished' && (
        <span className="pt-[3px]">
          <StatusMark mark={MARKS[evaluation.state]} size={14} />
        </span>
      )}
      {stateWords(evaluation)}
    </span>
  )
}

const MARKS = {
  running: 'building',
  failed: 'evaluation-failed',
  cancelled: 'cancelled',
} as const satisfies Record<Exclude<Stateful['state'], 'finished'>, string>

/** Such as `finished, incomplete`. */
export function stateWords({ state, isSuperseded, isComplete }: Stateful): string {
  const word = state === 'failed' ? 'failed as a whole' : state
  return [
    word,
    ...(state === 'finished' && !isComplete ? ['incomplete'] : []),
    ...(isSuperseded ? ['superseded by a rerun'] : []),
  ].join(', ')
}

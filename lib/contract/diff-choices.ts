import type { ListedEvaluation } from './evaluation'

/** What a picker needs to know of an evaluation. */
export type EvaluationChoice = Pick<
  ListedEvaluation,
  'id' | 'branch' | 'index' | 'state' | 'isSuperseded' | 'startedAt' | 'finishedAt'
>

/** The newest evaluations of one branch, newest first. */
export interface BranchChoices {
  readonly branch: string
  readonly title: string
  readonly evaluations: readonly EvaluationChoice[]
}

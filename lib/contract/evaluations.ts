import { z } from 'zod'
import { DiffSideSchema } from './diff'
import { EvaluationSchema } from './evaluation'
import { RootCauseSchema } from './matrix'
import { StatusSchema } from './words'

export const EVALUATIONS_DEFAULT = 50
export const EVALUATIONS_MAX = 200

/** The query of `GET /api/v1/branches/{branch}/evaluations`. `before` is the id of the last evaluation of the page before. */
export const EvaluationsParamsSchema = z.strictObject({
  limit: z.number().int().min(1).max(EVALUATIONS_MAX).default(EVALUATIONS_DEFAULT),
  before: z.string().min(1).max(64).nullable().default(null),
})
export type EvaluationsParams = z.infer<typeof EvaluationsParamsSchema>

export const ListedEvaluationSchema = EvaluationSchema.extend({
  /** A finished rerun stands in its place. */
  isSuperseded: z.boolean(),
  /** Why it failed as a whole, or null. */
  error: z.string().nullable(),
})
export type ListedEvaluation = z.infer<typeof ListedEvaluationSchema>

/** Every evaluation of a branch, newest first: running, cancelled and failed ones too. */
export const EvaluationsSchema = z.object({
  branch: z.string(),
  evaluations: z.array(ListedEvaluationSchema),
  /** `before` of the next page, or null on the last one. */
  next: z.string().nullable(),
})
export type Evaluations = z.infer<typeof EvaluationsSchema>

/** A root cause and what it blocks. */
export const FoldedCauseSchema = RootCauseSchema.extend({ blocks: z.number().int(), packages: z.array(z.string()) })
export type FoldedCause = z.infer<typeof FoldedCauseSchema>

/** One evaluation with all its attributes, in its order. */
export const EvaluationDetailSchema = z.object({
  branch: z.string(),
  evaluation: ListedEvaluationSchema,
  /** Attributes by status; a status that none has is left out. */
  counts: z.partialRecord(StatusSchema, z.number().int()),
  rootCauses: z.array(FoldedCauseSchema),
  attributes: z.array(
    DiffSideSchema.extend({ package: z.string(), system: z.string().nullable(), variant: z.string().nullable() }),
  ),
})
export type EvaluationDetail = z.infer<typeof EvaluationDetailSchema>

import { z } from 'zod'
import { DiffSideSchema } from './diff'
import { ListedEvaluationSchema } from './evaluation'
import { FoldedCauseSchema } from './folded-cause'
import { StatusSchema } from './words'

export const EVALUATIONS_DEFAULT = 50
export const EVALUATIONS_MAX = 200

/** The query of `GET /api/v1/branches/{branch}/evaluations`. `before` is the id of the last evaluation of the page before. */
export const EvaluationsParamsSchema = z.strictObject({
  limit: z.number().int().min(1).max(EVALUATIONS_MAX).default(EVALUATIONS_DEFAULT).describe('Evaluations at most.'),
  before: z
    .string()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('The `next` of the answer before: only evaluations older than the one with this id.'),
})
export type EvaluationsParams = z.infer<typeof EvaluationsParamsSchema>

/** Attributes by status; a status that none has is left out. */
export const CountsSchema = z.partialRecord(StatusSchema, z.number().int())
export type Counts = z.infer<typeof CountsSchema>

/** Every evaluation of a branch, newest first: running, cancelled and failed ones too. */
export const EvaluationsSchema = z.object({
  branch: z.string(),
  evaluations: z.array(ListedEvaluationSchema.extend({ counts: CountsSchema })),
  next: z.string().nullable().describe('`before` of the next page, or null on the last one.'),
})
export type Evaluations = z.infer<typeof EvaluationsSchema>

/** One evaluation with all its attributes, in its order. */
export const EvaluationDetailSchema = z.object({
  branch: z.string(),
  evaluation: ListedEvaluationSchema,
  counts: CountsSchema,
  rootCauses: z.array(FoldedCauseSchema),
  attributes: z.array(
    DiffSideSchema.extend({ package: z.string(), system: z.string().nullable(), variant: z.string().nullable() }),
  ),
})
export type EvaluationDetail = z.infer<typeof EvaluationDetailSchema>

import { z } from 'zod'
import { RevisionSchema, TimeSchema } from './words'

export const EvaluationStateSchema = z.enum(['running', 'finished', 'failed', 'cancelled'])

/** One CI run for one branch, as every answer names it. `id` is opaque; `externalId` and `index` are the source's own. */
export const EvaluationSchema = z.object({
  id: z.string(),
  source: z.string(),
  handler: z.string(),
  externalId: z.string(),
  index: z.number().int(),
  url: z.string(),
  ref: z.string().nullable(),
  ciRevision: z.string(),
  nixpkgsRevision: RevisionSchema.nullable(),
  nixpkgsDate: TimeSchema.nullable(),
  state: EvaluationStateSchema,
  startedAt: TimeSchema,
  finishedAt: TimeSchema.nullable(),
  observedAt: TimeSchema.nullable(),
})
export type Evaluation = z.infer<typeof EvaluationSchema>

/** An evaluation where it is listed or compared: of which branch, and what became of it as a whole. */
export const ListedEvaluationSchema = EvaluationSchema.extend({
  branch: z.string(),
  isComplete: z
    .boolean()
    .describe('Finished without an evaluation-wide error: what is missing from it is absent indeed.'),
  isSuperseded: z.boolean().describe('A finished rerun stands in its place.'),
  error: z.string().nullable().describe('Why it failed as a whole, or null.'),
})
export type ListedEvaluation = z.infer<typeof ListedEvaluationSchema>

/** A point in a branch's history: which evaluation, and when it finished. */
export const EvaluationPointSchema = z.object({ evaluation: z.string(), at: TimeSchema.nullable() })
export type EvaluationPoint = z.infer<typeof EvaluationPointSchema>

/** Such a point with the nixpkgs revision that one could pin. */
export const PinnablePointSchema = EvaluationPointSchema.extend({ nixpkgsRevision: RevisionSchema.nullable() })
export type PinnablePoint = z.infer<typeof PinnablePointSchema>

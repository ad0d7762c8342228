import { z } from 'zod'
import { CURSOR_WORDS, RowCursorSchema } from './cursor'
import { EvaluationSchema } from './evaluation'
import { LogExcerptSchema } from './log'
import { CellSchema, RootCauseSchema } from './matrix'
import { StatusSchema } from './words'

/** Evaluations that one answer holds per branch, newest ones. */
export const HISTORY_MAX = 400

/** One evaluation in a package's history on a branch. */
export const HistoryPointSchema = z.object({
  evaluation: EvaluationSchema,
  status: StatusSchema.describe('`absent`: a gap, the package was not in it.'),
  isReadLate: z.boolean().describe('Results read more than a day after the evaluation finished speak of that day.'),
  derivation: z.string().nullable(),
  version: z.string().nullable(),
  narSize: z
    .number()
    .int()
    .nullable()
    .describe('Bytes of the uncompressed outputs that users need; null while unknown.'),
  buildSeconds: z.number().int().nullable(),
})
export type HistoryPoint = z.infer<typeof HistoryPointSchema>

export const PackageBranchSchema = z.object({
  name: z.string(),
  title: z.string(),
  cell: CellSchema,
  firstBad: EvaluationSchema.nullable().describe(
    'Where the present breakage began, and the last evaluation before it that was good; over the whole stored history.',
  ),
  lastGood: EvaluationSchema.nullable(),
  isFlapping: z.boolean(),
  rootCauses: z
    .array(RootCauseSchema.extend({ excerpt: LogExcerptSchema.nullable() }))
    .describe('With what the log tells of each; null while that is not read, or where nothing was built.'),
  history: z.array(HistoryPointSchema).describe('Oldest first, of the ref that is followed.'),
})
export type PackageBranch = z.infer<typeof PackageBranchSchema>

export const PackageSchema = z.object({
  name: z.string(),
  headline: z.boolean(),
  version: z.string().nullable(),
  branches: z.array(PackageBranchSchema),
})
export type Package = z.infer<typeof PackageSchema>

export const PACKAGES_MAX = 5000

/** The query of `GET /api/v1/packages`. */
export const PackagesParamsSchema = z.strictObject({
  q: z.string().max(200).default('').describe('Text in the name of the package, an attribute or a store path.'),
  limit: z.number().int().min(1).max(PACKAGES_MAX).default(500).describe('Packages at most.'),
  offset: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Packages to skip. Counts anew each time: to read on, use after.'),
  after: RowCursorSchema.nullable().default(null).describe(CURSOR_WORDS),
})
export type PackagesParams = z.infer<typeof PackagesParamsSchema>

export const PackagesSchema = z.object({
  total: z.number().int(),
  packages: z.array(z.object({ name: z.string(), headline: z.boolean(), version: z.string().nullable() })),
  next: z.string().nullable().describe('`after` of the next page, or null on the last one.'),
})
export type Packages = z.infer<typeof PackagesSchema>

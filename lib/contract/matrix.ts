import { z } from 'zod'
import { STATUSES } from '@/lib/domain/status'
import { CURSOR_WORDS, RowCursorSchema } from './cursor'
import { EvaluationPointSchema, EvaluationSchema, PinnablePointSchema } from './evaluation'
import { FreshnessSchema, PresenceSchema, RevisionSchema, StatusSchema, TimeSchema } from './words'

export const MATRIX_ROWS_DEFAULT = 500
export const MATRIX_ROWS_MAX = 5000
/** Rows that come with the page itself; further ones are loaded as one scrolls. */
export const MATRIX_PAGE_ROWS = 200

export const MATRIX_SORTS = ['name', 'status', 'changed'] as const

const textList = z.array(z.string().min(1).max(200)).max(100)

/** The query of `/` and `GET /api/v1/matrix`, validated; lists are repeated keys. */
export const MatrixParamsSchema = z.strictObject({
  q: z.string().max(200).default('').describe('Text in the name of the package, an attribute or a store path.'),
  status: z
    .array(StatusSchema)
    .max(STATUSES.length)
    .default([])
    .describe('Only packages with a cell of this status on a chosen branch. May be repeated.'),
  package: textList.default([]).describe('Only the packages of these names. May be repeated.'),
  branch: textList.default([]).describe('Only these branches. May be repeated.'),
  system: textList.default([]).describe('Only cells of these systems, such as x86_64-linux. May be repeated.'),
  variant: textList.default([]).describe('Only cells of these variants. May be repeated.'),
  changed: z
    .boolean()
    .default(false)
    .describe('Only packages with a cell whose health changed at its newest evaluation.'),
  ready: z
    .boolean()
    .nullable()
    .default(null)
    .describe('Only packages with a cell that is ready (true) or not (false).'),
  sort: z
    .enum(MATRIX_SORTS)
    .default('name')
    .describe('Headline packages first and then by name, or worst status first, or what changed first.'),
  limit: z.number().int().min(1).max(MATRIX_ROWS_MAX).default(MATRIX_ROWS_DEFAULT).describe('Packages at most.'),
  offset: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Packages to skip. Counts anew each time: to read on, use after.'),
  after: RowCursorSchema.nullable().default(null).describe(CURSOR_WORDS),
  view: z.enum(['full', 'compact']).default('full').describe('compact leaves out outputs, others and strips.'),
})
export type MatrixParams = z.infer<typeof MatrixParamsSchema>

export const CacheAnswerSchema = z.object({
  id: z.string(),
  presence: PresenceSchema,
  checkedAt: TimeSchema.nullable(),
  reason: z.string().nullable().describe('Why it is untrusted or unreachable, in a sentence; else null.'),
})

export const OutputSchema = z.object({
  name: z.string(),
  path: z.string().nullable(),
  needed: z.boolean().describe('Needed for the package to be ready (`ignoreOutputs` are not).'),
  presence: PresenceSchema,
  cache: z.string().nullable(),
  checkedAt: TimeSchema.nullable(),
  last: z.object({ presence: PresenceSchema, checkedAt: TimeSchema }).nullable(),
  caches: z.array(CacheAnswerSchema),
})
export type Output = z.infer<typeof OutputSchema>

export const RootCauseSchema = z.object({
  derivation: z.string().nullable(),
  name: z.string(),
  status: StatusSchema,
})
export type RootCause = z.infer<typeof RootCauseSchema>

export const CellSchema = z.object({
  status: StatusSchema,
  ready: z.boolean(),
  mayFail: z.boolean().describe('Shown but not counted (`ignoreFailure` in Nix).'),
  presence: PresenceSchema.describe(
    'Worst presence among the needed outputs, each counted by its best cache: what stands between built and ready.',
  ),
  attribute: z.string().nullable(),
  system: z.string().nullable(),
  variant: z.string().nullable(),
  derivation: z.string().nullable(),
  version: z.string().nullable(),
  outputs: z.array(OutputSchema).optional(),
  rootCauses: z.array(RootCauseSchema),
  since: EvaluationPointSchema.nullable(),
  lastGood: PinnablePointSchema.nullable(),
  lastReady: PinnablePointSchema.nullable(),
  undecidedSince: EvaluationPointSchema.nullable(),
  changed: z.boolean().describe('Health changed at the evaluation that is shown.'),
  flapping: z
    .boolean()
    .describe(
      'Its outcome changes without what is built: one derivation both failed and succeeded, or its health keeps changing.',
    ),
  strip: z.array(StatusSchema).optional(),
  url: z.string().nullable(),
  from: EvaluationSchema.nullable().describe("Set when another source or handler than the column's decides this cell."),
  others: z.array(z.object({ attribute: z.string(), status: StatusSchema })).optional(),
})
export type Cell = z.infer<typeof CellSchema>

export const MatrixPackageSchema = z.object({
  name: z.string(),
  headline: z.boolean(),
  version: z.string().nullable().describe('The most frequent version of its cells.'),
  cells: z
    .record(z.string(), CellSchema)
    .describe('By branch. A branch that was never evaluated has no key; one that lacks the package says `absent`.'),
})
export type MatrixPackage = z.infer<typeof MatrixPackageSchema>

export const UpstreamHeadSchema = z.object({
  revision: RevisionSchema,
  date: TimeSchema,
  behindDays: z.number().nullable(),
})

export const MatrixBranchSchema = z.object({
  name: z.string(),
  title: z.string(),
  freshness: FreshnessSchema,
  staleReasons: z.array(z.string()).describe('Why it is stale, each a sentence for people; empty when fresh.'),
  evaluation: EvaluationSchema.nullable(),
  evaluationError: z.string().nullable().describe('Why the evaluation failed as a whole, or null.'),
  running: EvaluationSchema.nullable(),
  upstream: UpstreamHeadSchema.nullable(),
  counts: z.record(StatusSchema.exclude(['absent']), z.number().int()).describe('One key per status but `absent`.'),
  ready: z.number().int(),
  packages: z.number().int(),
  unready: z
    .record(PresenceSchema.exclude(['cached']), z.number().int())
    .describe('Packages that are built and yet not ready, by what the caches say of them.'),
  note: z.string().nullable(),
})
export type MatrixBranch = z.infer<typeof MatrixBranchSchema>

export const MatrixSchema = z.object({
  generatedAt: TimeSchema,
  total: z.number().int(),
  systems: z.array(z.string()).describe('Every system and variant that occurs, for the filters.'),
  variants: z.array(z.string()),
  branches: z.array(MatrixBranchSchema),
  packages: z.array(MatrixPackageSchema),
  next: z.string().nullable().describe('`after` of the next page, or null on the last one.'),
})
export type Matrix = z.infer<typeof MatrixSchema>

import { z } from 'zod'
import { CHANGES } from '@/lib/domain/diff'
import { ListedEvaluationSchema } from './evaluation'
import { FoldedCauseSchema } from './folded-cause'
import { RootCauseSchema } from './matrix'
import { RevisionSchema, StatusSchema } from './words'

const idText = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'the id of an evaluation')

/**
 * The query of `/diff` and `GET /api/v1/diff`: a branch (newest against the one before), or two evaluations. With a
 * package, `from` is the last evaluation before `to` in which it was good.
 */
export const DiffParamsSchema = z.strictObject({
  branch: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('The newest finished evaluation of this branch against the one before.'),
  from: idText.nullable().default(null).describe('Id of the evaluation before; the one before `to` unless given.'),
  to: idText.nullable().default(null).describe('Id of the evaluation after.'),
  package: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('Take for `from` the last evaluation before `to` in which this package was good.'),
})
export type DiffParams = z.infer<typeof DiffParamsSchema>

export const ChangeSchema = z.enum(CHANGES)

export const DiffSideSchema = z.object({
  attribute: z.string(),
  status: StatusSchema,
  mayFail: z.boolean(),
  derivation: z.string().nullable(),
  version: z.string().nullable(),
  rootCauses: z.array(RootCauseSchema),
})
export type DiffSide = z.infer<typeof DiffSideSchema>

export const DiffEntrySchema = z.object({
  package: z.string(),
  headline: z.boolean(),
  attribute: z.string(),
  change: ChangeSchema,
  flapping: z
    .boolean()
    .describe('Its outcome changes without what is built, as the newest evaluations of the branch of `to` tell.'),
  before: DiffSideSchema.nullable(),
  after: DiffSideSchema.nullable(),
  rootCauses: z.array(RootCauseSchema).describe('Those of the side after, or, where it has none, of the side before.'),
})
export type DiffEntry = z.infer<typeof DiffEntrySchema>

export const VersionChangeSchema = z.object({
  package: z.string(),
  attribute: z.string(),
  before: z.string(),
  after: z.string(),
})

export const DiffSchema = z.object({
  from: ListedEvaluationSchema,
  to: ListedEvaluationSchema,
  nixpkgs: z
    .object({ from: RevisionSchema, to: RevisionSchema, compareUrl: z.string() })
    .nullable()
    .describe('The nixpkgs range; null while either revision is unknown.'),
  summary: z.record(z.enum([...CHANGES, 'version-changed']), z.number().int()),
  entries: z.array(DiffEntrySchema),
  rootCauses: z.array(FoldedCauseSchema),
  versionChanges: z.array(VersionChangeSchema),
  /** Other sides to compare `to` with, each the id of an evaluation. */
  presets: z.object({
    previous: z.string().nullable().describe('The finished one before it on its branch.'),
    sameDay: z
      .array(z.object({ branch: z.string(), evaluation: z.string() }))
      .describe('On each other branch the finished one that began on the same day (UTC), nearest in time.'),
  }),
  noLongerCached: z
    .array(z.object({ package: z.string(), attribute: z.string(), outputs: z.array(z.string()) }))
    .describe('Succeeded in `to`, once cached, evicted now.'),
})
export type Diff = z.infer<typeof DiffSchema>

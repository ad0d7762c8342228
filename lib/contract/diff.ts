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
  /** Its outcome changes without what is built, as the newest evaluations of the branch of `to` tell. */
  flapping: z.boolean(),
  before: DiffSideSchema.nullable(),
  after: DiffSideSchema.nullable(),
  /** Those of the side after, or, where it has none, of the side before. */
  rootCauses: z.array(RootCauseSchema),
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
  /** The nixpkgs range; null while either revision is unknown. */
  nixpkgs: z.object({ from: RevisionSchema, to: RevisionSchema, compareUrl: z.string() }).nullable(),
  summary: z.record(z.enum([...CHANGES, 'version-changed']), z.number().int()),
  entries: z.array(DiffEntrySchema),
  rootCauses: z.array(FoldedCauseSchema),
  versionChanges: z.array(VersionChangeSchema),
  /** Other sides to compare `to` with, each the id of an evaluation. */
  presets: z.object({
    /** The finished one before it on its branch. */
    previous: z.string().nullable(),
    /** On each other branch the finished one that began on the same day (UTC), nearest in time. */
    sameDay: z.array(z.object({ branch: z.string(), evaluation: z.string() })),
  }),
  /** Succeeded in `to`, once cached, evicted now. */
  noLongerCached: z.array(z.object({ package: z.string(), attribute: z.string(), outputs: z.array(z.string()) })),
})
export type Diff = z.infer<typeof DiffSchema>

import { z } from 'zod'
import { CHANGES } from '@/lib/domain/diff'
import { EvaluationSchema } from './evaluation'
import { RootCauseSchema } from './matrix'
import { RevisionSchema, StatusSchema } from './words'

const idText = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'the id of an evaluation')

/** The query of `/diff` and `GET /api/v1/diff`: a branch (newest against the one before), or two evaluations. */
export const DiffParamsSchema = z.strictObject({
  branch: z.string().min(1).max(200).nullable().default(null),
  from: idText.nullable().default(null),
  to: idText.nullable().default(null),
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
  from: EvaluationSchema,
  to: EvaluationSchema,
  /** The nixpkgs range; null while either revision is unknown. */
  nixpkgs: z.object({ from: RevisionSchema, to: RevisionSchema, compareUrl: z.string() }).nullable(),
  summary: z.record(z.enum([...CHANGES, 'version-changed']), z.number().int()),
  entries: z.array(DiffEntrySchema),
  rootCauses: z.array(RootCauseSchema.extend({ blocks: z.number().int(), packages: z.array(z.string()) })),
  versionChanges: z.array(VersionChangeSchema),
  /** Succeeded in `to`, once cached, evicted now. */
  noLongerCached: z.array(z.object({ package: z.string(), attribute: z.string(), outputs: z.array(z.string()) })),
})
export type Diff = z.infer<typeof DiffSchema>

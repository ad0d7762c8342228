import { z } from 'zod'
import { ListedEvaluationSchema } from './evaluation'
import { LogExcerptSchema, LogStateSchema } from './log'
import { OutputSchema, RootCauseSchema } from './matrix'
import { StatusSchema, TimeSchema } from './words'

/** Evaluations that one answer names, newest ones. */
export const DERIVATION_EVALUATIONS_MAX = 20
/** Attributes that it names per branch. */
export const DERIVATION_ATTRIBUTES_MAX = 200
/** Inputs and failed dependencies that it names. */
export const DERIVATION_INPUTS_MAX = 500

/** Another derivation. `status` is null where nothing but its path is known: it has no page. */
export const LinkedDerivationSchema = z.object({
  derivation: z.string(),
  name: z.string(),
  status: StatusSchema.nullable(),
})
export type LinkedDerivation = z.infer<typeof LinkedDerivationSchema>

/** Where a derivation stands in what a branch shows now: as an attribute, or as the root cause of broken ones. */
export const DerivationBranchSchema = z.object({
  name: z.string(),
  title: z.string(),
  total: z
    .number()
    .int()
    .describe('How many there are; `attributes` names the first of them, headline packages first.'),
  attributes: z.array(
    z.object({
      package: z.string(),
      headline: z.boolean(),
      attribute: z.string(),
      status: StatusSchema,
      isItself: z.boolean().describe('Builds this very derivation; else it is blocked by it.'),
    }),
  ),
})
export type DerivationBranch = z.infer<typeof DerivationBranchSchema>

export const DerivationSchema = z.object({
  derivation: z.string(),
  name: z.string().describe('With version, as Nix names it.'),
  version: z.string().nullable(),
  status: StatusSchema,
  system: z.string().nullable(),
  host: z.string().nullable().describe('Machine of the last finished attempt, and how long that took.'),
  buildSeconds: z.number().int().nullable(),
  detailsAt: TimeSchema.nullable().describe('When outputs, inputs and attempts were read; null: not yet.'),
  url: z.string().nullable().describe('The build at its source.'),
  outputs: z.array(OutputSchema),
  inputs: z.array(LinkedDerivationSchema).nullable().describe('Null while not read; `inputCount` counts all.'),
  inputCount: z.number().int(),
  rootCauses: z
    .array(RootCauseSchema)
    .describe('What it fails from, through any number of levels: itself where it failed by itself.'),
  failedDependencies: z
    .array(LinkedDerivationSchema)
    .describe('Failed dependencies that it names itself: the first step of the way to its root causes.'),
  branches: z
    .array(DerivationBranchSchema)
    .describe('In the order of the configuration; branches that show it nowhere are left out.'),
  evaluations: z
    .array(ListedEvaluationSchema.extend({ status: StatusSchema }))
    .describe('Newest first; `status` as read then.'),
  log: z.object({
    state: LogStateSchema,
    fetchedAt: TimeSchema.nullable(),
    lineCount: z.number().int(),
    excerpt: LogExcerptSchema.nullable(),
  }),
})
export type Derivation = z.infer<typeof DerivationSchema>

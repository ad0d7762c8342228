import 'server-only'
import { z } from 'zod'

// No stricter than the contract needs: unknown keys are dropped, words stay text, what came later may be missing.
// Ids go into paths of further questions, so they hold nothing that could lead elsewhere.
const IdSchema = z.string().regex(/^[\w-]+$/)
const TimeSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const NumberSchema = z.int().nonnegative()

export const ProjectSchema = z.object({ id: IdSchema, ownerId: IdSchema })
export type Project = z.infer<typeof ProjectSchema>

export const JobSchema = z.object({
  id: IdSchema,
  index: NumberSchema,
  forgeName: z.string().min(1).nullish(),
  ownerName: z.string().min(1).nullish(),
  repoName: z.string().min(1).nullish(),
  startTime: TimeSchema,
  endTime: TimeSchema.nullish(),
  jobPhase: z.string(),
  isCancelled: z.boolean(),
  jobStatus: z.string(),
  evaluationStatus: z.string(),
  source: z.object({ revision: z.string().min(1), ref: z.string().nullish() }),
  jobType: z.string(),
  jobName: z.string().nullish(),
  rerunOf: IdSchema.nullish(),
  rerunOfIndex: NumberSchema.nullish(),
})
export type Job = z.infer<typeof JobSchema>

/** A page of jobs whose items are parsed one by one, so that a bad one does not hide the others. */
export const JobPageSchema = z.object({ items: z.array(z.unknown()), more: z.boolean() })
export const JobIndexSchema = z.object({ index: NumberSchema })
export const JobIdSchema = z.object({ id: IdSchema })

const DerivationSchema = z.object({ status: z.string(), derivationPath: z.string().min(1) })

const AttributeErrorSchema = z.object({
  errorMessage: z.string(),
  errorType: z.string().nullish(),
  errorDerivation: z.string().nullish(),
})

const AttributeSchema = z.object({
  path: z.array(z.string()),
  // A choice type: the case of a later server is kept as one that says nothing.
  value: z.union([
    z.object({ Ok: DerivationSchema }),
    z.object({ Error: AttributeErrorSchema }),
    z.unknown().transform(() => null),
  ]),
  typ: z.string().nullish(),
})
export type Attribute = z.infer<typeof AttributeSchema>

export const EvaluationSchema = z.object({
  messages: z.array(z.object({ index: z.int().nullish(), typ: z.string(), message: z.string() })),
  attributes: z.array(AttributeSchema),
  derivations: z.record(z.string(), z.string()),
  evaluationDependencies: z.array(z.object({ derivation: DerivationSchema })).nullish(),
  ifdAttributes: z.array(z.object({ value: DerivationSchema })).nullish(),
})
export type Evaluation = z.infer<typeof EvaluationSchema>

export const FailureGraphSchema = z.object({
  nodes: z.array(z.object({ derivation: DerivationSchema, failedDependencies: z.array(z.string()) })),
})

const EventContentSchema = z.object({
  time: TimeSchema,
  logId: z.string().nullish(),
  agentHostname: z.string().nullish(),
  technicalError: z.string().nullish(),
  outputs: z
    .array(z.object({ outputName: z.string(), outputPath: z.string(), size: z.number().nonnegative() }))
    .nullish(),
})
export type EventContent = z.infer<typeof EventContentSchema>

// Exactly one key stands; events of later servers have none of these and say nothing.
const EventSchema = z.object({
  Queued: EventContentSchema.optional(),
  DependencyFailed: EventContentSchema.optional(),
  Started: EventContentSchema.optional(),
  Reset: EventContentSchema.optional(),
  Failed: EventContentSchema.optional(),
  Succeeded: EventContentSchema.optional(),
  Cancelled: EventContentSchema.optional(),
  ForceCancelled: EventContentSchema.optional(),
  Built: EventContentSchema.optional(),
  HasCancelled: EventContentSchema.optional(),
  HasCancelledForReset: EventContentSchema.optional(),
})
export type DerivationEvent = z.infer<typeof EventSchema>

export const DerivationInfoSchema = z.object({
  status: z.string(),
  platform: z.string(),
  requiredSystemFeatures: z.array(z.string()),
  inputDerivations: z.array(z.object({ derivationPath: z.string(), outputName: z.string() })),
  outputs: z.array(z.object({ outputName: z.string(), outputPath: z.string().nullish() })),
  events: z.array(z.array(EventSchema)),
})
export type DerivationInfo = z.infer<typeof DerivationInfoSchema>

export const LogSchema = z.object({
  lines: z.array(z.object({ i: NumberSchema, t: z.string() })),
  done: z.boolean(),
})
export type Log = z.infer<typeof LogSchema>

import { z } from 'zod'
import { VERDICTS } from '@/lib/domain/explain'
import { EvaluationSchema } from './evaluation'
import { RootCauseSchema } from './matrix'
import { PresenceSchema, StatusSchema, TimeSchema } from './words'

/** Store paths that one question may name; of more, the first ones are answered. */
export const EXPLAIN_PATHS_MAX = 500
/** Characters of a pasted text. */
export const EXPLAIN_TEXT_MAX = 1_000_000
const PATH_MAX = 250

/** Where a path stands in the text: to be built, to be fetched, unknown to Nix, or merely named. */
export const EXPLAIN_LISTS = ['build', 'unknown', 'fetch', 'named'] as const
export type ExplainList = (typeof EXPLAIN_LISTS)[number]

/** What one cache says of a path, or of the worst output of a derivation that is needed. */
export const ExplainedCacheSchema = z.object({
  id: z.string(),
  presence: PresenceSchema,
  checkedAt: TimeSchema.nullable(),
  reason: z.string().nullable().describe('Why it is untrusted or unreachable; else null.'),
  signedBy: z
    .string()
    .nullable()
    .describe('Name of the key; null where nothing is cached, or where its content proves it.'),
  lastSeenAt: TimeSchema.nullable(),
  missingSince: TimeSchema.nullable(),
  last: z
    .object({ presence: PresenceSchema, checkedAt: TimeSchema })
    .nullable()
    .describe('The last real answer of a cache that is out of reach.'),
})
export type ExplainedCache = z.infer<typeof ExplainedCacheSchema>

/** An evaluation that has a derivation, the newest one, and as which attribute. */
export const ExplainedPlaceSchema = z.object({
  derivation: z.string(),
  package: z.string(),
  attribute: z.string(),
  variant: z.string().nullable(),
  system: z.string().nullable(),
  branch: z.string(),
  evaluation: EvaluationSchema,
})
export type ExplainedPlace = z.infer<typeof ExplainedPlaceSchema>

/** What comes nearest to a path that no evaluation has. */
export const NearestSchema = ExplainedPlaceSchema.extend({
  name: z.string().describe('With version, as Nix names it.'),
  version: z.string(),
  comparison: z.enum(['older', 'same', 'newer']).describe('How that version stands to the one asked for.'),
  status: StatusSchema,
  isCached: z.boolean().describe('Every needed output is in a cache, as last checked.'),
})
export type Nearest = z.infer<typeof NearestSchema>

export const ExplainedPathSchema = z.object({
  path: z.string(),
  name: z.string().describe('Without digest.'),
  list: z.enum(EXPLAIN_LISTS),
  verdict: z.enum(VERDICTS),
  reason: z.string().describe('Why, in a sentence or two.'),
  next: z.string().describe('What to do next.'),
  caches: z
    .array(ExplainedCacheSchema)
    .describe('In the order of the configuration; empty where there is nothing to ask a cache for.'),
  status: StatusSchema.nullable().describe('What became of it, and why, where an evaluation has this very path.'),
  rootCauses: z.array(RootCauseSchema),
  derivation: z.string().nullable().describe('Its derivation where that has a page here.'),
  place: ExplainedPlaceSchema.nullable(),
  nearest: NearestSchema.nullable(),
  narSize: z
    .number()
    .int()
    .nullable()
    .describe('Bytes of the uncompressed archive and of its download, as far as a cache told them.'),
  fileSize: z.number().int().nullable(),
})
export type ExplainedPath = z.infer<typeof ExplainedPathSchema>

export const ExplanationSchema = z.object({
  generatedAt: TimeSchema,
  total: z.number().int().describe('Store paths in the text; `paths` answers the first `EXPLAIN_PATHS_MAX`.'),
  leftOut: z.number().int().describe('Named beside the lists of a dry run, and therefore left out.'),
  announced: z
    .object({ build: z.number().int().nullable(), fetch: z.number().int().nullable() })
    .describe('What the heads of the lists announce: the text may hold fewer.'),
  summary: z.record(z.enum(VERDICTS), z.number().int()).describe('How many of each verdict.'),
  paths: z.array(ExplainedPathSchema),
})
export type Explanation = z.infer<typeof ExplanationSchema>

/** Whether the caches were asked for this answer. */
export const AskingSchema = z.object({
  state: z
    .enum(['asked', 'fresh', 'late', 'limited'])
    .describe('`fresh`: nothing was due; `late`: they take long, and what they say later is kept.'),
  retryAt: TimeSchema.nullable().describe('When to ask again, where that was too often.'),
  left: z
    .number()
    .int()
    .describe('Paths that were due and left for a later question: narinfos are read a few at a time.'),
})
export type Asking = z.infer<typeof AskingSchema>

export const AskedExplanationSchema = ExplanationSchema.extend({ asking: AskingSchema })
export type AskedExplanation = z.infer<typeof AskedExplanationSchema>

const PathSchema = z.string().min(1).max(PATH_MAX)

/** The query of `GET /api/v1/explain`. */
export const ExplainParamsSchema = z.strictObject({
  path: z
    .array(PathSchema)
    .min(1)
    .max(EXPLAIN_PATHS_MAX)
    .describe('The store paths, one key each: of outputs, or of derivations.'),
})

/** A JSON body of `POST /api/v1/explain`; any other body is the text itself. */
export const ExplainRequestSchema = z.union([
  z.strictObject({ text: z.string().describe('What Nix printed, or store paths between other text.') }),
  z.strictObject({ paths: z.array(PathSchema).describe('The store paths.') }),
])

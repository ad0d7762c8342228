import { z } from 'zod'
import { PRESENCES } from '@/lib/domain/presence'
import { KEY_ALARMS } from '@/lib/domain/published-keys'
import { TimeSchema } from './words'

/** Findings that an answer lists per cache, newest first; how many there are is told beside them. */
export const FINDINGS_MAX = 100
/** Days of coverage, and changes of published keys, that an answer goes back. */
export const COVERAGE_DAYS = 180
export const KEY_CHANGES_MAX = 20

const count = z.number().int().nonnegative()

/** The keys that the cache's own service publishes: told by whom they would verify, so only ever compared. */
export const PublishedKeysSchema = z.object({
  keys: z.array(z.string()).nullable().describe('Null: never read.'),
  since: TimeSchema.nullable().describe('Since when they are these.'),
  readAt: TimeSchema.nullable(),
  reason: z.string().nullable().describe('Why the newest reading failed; null when it did not.'),
  changes: z
    .array(z.object({ at: TimeSchema, before: z.array(z.string()), after: z.array(z.string()) }))
    .describe('Newest first.'),
})

/** Outputs that the built cells of a branch need, by what the cache says of them, and bytes of the cached ones. */
export const CoveragePointSchema = z.object({
  day: z.iso.date().describe('The day from which on it was so, and the newest sync that found the same.'),
  until: TimeSchema,
  needed: count,
  presences: z.record(z.enum(PRESENCES), count),
  /** Of the unreachable ones, those that were cached when the cache last answered. */
  lastCached: count,
  fileSize: z
    .object({ bytes: count, outputs: count })
    .describe('Compressed and uncompressed, as far as known: of so many outputs.'),
  narSize: z.object({ bytes: count, outputs: count }),
})
export type CoveragePoint = z.infer<typeof CoveragePointSchema>

export const CoverageSchema = z.object({
  branch: z.string(),
  title: z.string(),
  points: z
    .array(CoveragePointSchema)
    .describe('Oldest first; a point holds until the next one. Empty: no sync has counted yet.'),
})
export type Coverage = z.infer<typeof CoverageSchema>

/** How long outputs live in the cache, by the product-limit estimate of Kaplan and Meier (1958). */
export const SurvivalSchema = z.object({
  /** Lives that were seen: an output that comes back after an eviction begins another one. */
  lives: count,
  evicted: count,
  /** Days by which half are evicted; null while more than half are estimated to live longer than was observed. */
  medianDays: count.nullable(),
  /** A point per number of days begun at which one ended or was last seen alive, shortest first. */
  curve: z.array(
    z.object({ days: count, atRisk: count, evicted: count, censored: count, survival: z.number().min(0).max(1) }),
  ),
})
export type Survival = z.infer<typeof SurvivalSchema>

/** A narinfo that is there and must not be trusted. */
export const UntrustedSchema = z.object({
  path: z.string(),
  output: z.string(),
  derivation: z.string().describe('Store path of its derivation, and the rows of the matrix that it belongs to.'),
  packages: z.array(z.string()),
  reason: z.string().nullable().describe('What the verification of its narinfo found, in a sentence.'),
  signedBy: z.string().nullable().describe('The configured key that did verify, where something else is wrong.'),
  since: TimeSchema.nullable(),
  readAt: TimeSchema.nullable().describe(
    'When its narinfo was last read, and when the cache was last asked whether it is there.',
  ),
  checkedAt: TimeSchema.nullable(),
  isCurrent: z.boolean().describe('False: the cache is out of reach now, and this is what it said last.'),
})
export type Untrusted = z.infer<typeof UntrustedSchema>

/** Questions that went out within one hour, retries too. */
export const QuestionHourSchema = z.object({
  hour: TimeSchema,
  health: count,
  keys: count,
  bulk: count,
  narinfo: count,
  /** Of all of them, those that a person or the command line asked for. */
  byPerson: count,
})
export type QuestionHour = z.infer<typeof QuestionHourSchema>

/** One configured cache, as it last answered. */
export const CacheSchema = z.object({
  id: z.string(),
  kind: z.enum(['cachix', 'binary-cache']),
  url: z.string(),
  recheckMinutes: z.number().int().describe('At most this often a path is asked for.'),
  publicKeys: z.array(z.string()),
  verifyUrl: z
    .string()
    .nullable()
    .describe("Where a person can compare the keys: the cache's page on cachix; null where no such place is known."),
  nixConf: z.string().describe('Lines of `nix.conf` that make Nix use it.'),
  state: z.enum(['alive', 'refusing', 'never-asked']).describe('`never-asked` until the first sync has asked it.'),
  reason: z.string().nullable().describe('Why it refuses; null while it answers.'),
  since: TimeSchema.nullable().describe('Since when it is so, as far as known.'),
  checkedAt: TimeSchema.nullable(),
  aliveAt: TimeSchema.nullable(),
  storeDir: z
    .string()
    .nullable()
    .describe('From its `nix-cache-info`, as it last answered; null where it does not say.'),
  priority: z.number().int().nullable(),
  wantMassQuery: z.boolean().nullable(),
  published: PublishedKeysSchema.nullable().describe('Null: a binary cache publishes none.'),
  alarms: z
    .array(z.object({ kind: z.enum(KEY_ALARMS), keys: z.array(z.string()) }))
    .describe('What about the published keys a person must look at, worst first.'),
  coverage: z.array(CoverageSchema).describe('By branch, in the order of the configuration.'),
  survival: SurvivalSchema,
  untrusted: z.object({ total: count, findings: z.array(UntrustedSchema) }),
  questions: z
    .array(QuestionHourSchema)
    .describe('Hours in which something was asked, newest first, of the last two weeks.'),
})
export type Cache = z.infer<typeof CacheSchema>

export const CachesSchema = z.object({
  generatedAt: TimeSchema,
  caches: z.array(CacheSchema).describe('In the order of the configuration.'),
})
export type Caches = z.infer<typeof CachesSchema>

import { z } from 'zod'
import { EvaluationSchema, PinnablePointSchema } from './evaluation'
import { OutputSchema, RootCauseSchema } from './matrix'
import { ProblemSchema } from './problem'
import { PresenceSchema, RevisionSchema, StatusSchema, TimeSchema } from './words'

export const PIN_PACKAGES_MAX = 100

/** The query of `/pin` and `/api/v1/pin` for one branch, by name or by the ref that it follows; no package: the headline ones. */
export const PinParamsSchema = z.strictObject({
  branch: z.string().min(1).max(200).describe('Name of the branch, or the ref that it follows.'),
  package: z
    .array(z.string().min(1).max(200))
    .max(PIN_PACKAGES_MAX)
    .default([])
    .describe('The packages, one key each; the headline packages unless given.'),
})
export type PinParams = z.infer<typeof PinParamsSchema>

/** How far a revision is behind the newest finished evaluation: decided evaluations since, and days of nixpkgs history. */
export const BehindSchema = z.object({ evaluations: z.number().int(), days: z.number().nullable() })

/** How old the answers of the caches are that a pin stands on. */
export const ChecksSchema = z.object({
  oldestAt: TimeSchema.nullable().describe('The oldest check; null while one was never made.'),
  fresh: z.boolean().describe('Each was made within the `recheckMinutes` of its cache.'),
  recheckMinutes: z.number().int().nullable().describe('Of the caches together: the longest.'),
})

/** A package as it was built on the revision. */
export const PinnedPackageSchema = z.object({
  name: z.string(),
  attribute: z.string().describe("Of the CI's evaluation."),
  nixpkgsAttribute: z.string().describe("Its path in nixpkgs, in Nix's text form."),
  system: z.string().nullable(),
  variant: z.string().nullable(),
  version: z.string().nullable(),
  derivation: z.string().nullable(),
  checkedAt: TimeSchema.nullable().describe('The oldest check among its outputs.'),
  fresh: z.boolean(),
})
export type PinnedPackage = z.infer<typeof PinnedPackageSchema>

/**
 * An output that a user of the revision downloads. `checkedAt` is the newest check by a cache that has it; where none
 * has, the oldest one.
 */
export const PinOutputSchema = OutputSchema.extend({
  package: z.string(),
  fresh: z.boolean(),
  fileSize: z.number().int().nullable().describe('Bytes to download, and bytes once unpacked; null while unknown.'),
  narSize: z.number().int().nullable(),
})
export type PinOutput = z.infer<typeof PinOutputSchema>

/** A stretch of evaluations over which one thing stood in a package's way. */
export const BlockSchema = z.object({
  status: StatusSchema,
  presence: PresenceSchema.describe('What the caches said of it, where it was built.'),
  word: z.string().describe('In words: "blocked by magma", "built, evicted".'),
  rootCauses: z.array(RootCauseSchema),
  /** Its oldest and its newest evaluation. */
  since: PinnablePointSchema,
  until: PinnablePointSchema,
  revisions: z.number().int().describe('How many revisions it lasts, `since` and `until` included.'),
})
export type Block = z.infer<typeof BlockSchema>

/** What stood in the way of one package, newest first; `blocks` is cut after `PIN_BLOCKS_MAX`. */
export const BlockedPackageSchema = z.object({
  name: z.string(),
  revisions: z.number().int().describe('Revisions newer than the pin, or all of them, on which it was not ready.'),
  blocks: z.array(BlockSchema),
  lastReady: PinnablePointSchema.nullable().describe('The newest revision on which it is ready by itself.'),
})
export type BlockedPackage = z.infer<typeof BlockedPackageSchema>
export const PIN_BLOCKS_MAX = 10

/** A cache that does not answer now: what it held counts as not ready. */
export const SilentCacheSchema = z.object({ id: z.string(), reason: z.string().nullable(), checkedAt: TimeSchema })

const common = {
  generatedAt: TimeSchema,
  branch: z.string(),
  branchTitle: z.string().describe('What stands at the head of its column.'),
  packages: z.array(z.string()),
  blocked: z.array(BlockedPackageSchema),
  unread: z
    .number()
    .int()
    .describe('Newer evaluations that cannot be pinned, because their nixpkgs revision is not known yet.'),
  silentCaches: z.array(SilentCacheSchema),
}

/** The newest evaluated nixpkgs revision on which all packages are ready now. */
export const PinSchema = z.object({
  ...common,
  revision: RevisionSchema,
  date: TimeSchema.nullable(),
  evaluation: EvaluationSchema,
  behind: BehindSchema,
  checks: ChecksSchema,
  details: z.array(PinnedPackageSchema),
  outputs: z.array(PinOutputSchema),
  size: z
    .object({ fileBytes: z.number().int().nullable(), narBytes: z.number().int().nullable() })
    .describe(
      'Sums over the outputs, each path once; without the closure of what they depend on. Null while one is unknown.',
    ),
  snippets: z.object({
    flake: z.string(),
    channel: z.string(),
    npins: z.string(),
    fetchTarball: z.string(),
    shell: z.string(),
  }),
  notes: z.array(z.string()).describe('What the snippets cannot say, in sentences.'),
  links: z
    .object({ archive: z.string(), follow: z.string(), commit: z.string() })
    .describe('The archive of nixpkgs, ours that follows the pin, and the commit.'),
})
export type Pin = z.infer<typeof PinSchema>

/** The problem that is answered where no revision has all packages ready. */
export const NoPinSchema = ProblemSchema.extend({
  ...common,
  reason: z.literal('none'),
  detail: z.string(),
  revisions: z.number().int().describe('Revisions that were looked at: all that are stored.'),
  checks: ChecksSchema.nullable().describe(
    'Of the newest revision on which all packages were built; null where there is none, so that no cache could help.',
  ),
  /** The newest revision on which most of them are ready, and which ones to leave out for it. */
  best: z
    .object({
      packages: z.array(z.string()),
      without: z.array(z.string()),
      revision: RevisionSchema,
      date: TimeSchema.nullable(),
      evaluation: EvaluationSchema,
      behind: BehindSchema,
      checks: ChecksSchema,
    })
    .nullable(),
})
export type NoPin = z.infer<typeof NoPinSchema>

/** What a question for a pin comes to. */
export type PinAnswer =
  | { readonly kind: 'pin'; readonly pin: Pin }
  | { readonly kind: 'none'; readonly none: NoPin }
  /** The question is none: the branch or a package is unknown. */
  | { readonly kind: 'refused'; readonly parameter: 'branch' | 'package'; readonly title: string }

import { z } from 'zod'
import { CAUSE_KINDS, TRIAGE_STATES, type TriageState } from '@/lib/domain/triage'
import { CauseCursorSchema, CURSOR_EXPECTED, CURSOR_WORDS } from './cursor'
import { PinnablePointSchema } from './evaluation'
import { LogExcerptSchema } from './log'
import { parseQuery, type Query } from './query'
import { FreshnessSchema, RevisionSchema, StatusSchema, TimeSchema } from './words'

export const TRIAGE_DEFAULT = 100
export const TRIAGE_MAX = 500
/** Packages that an answer names per cause and branch, headline packages first. */
export const TRIAGE_PACKAGES_MAX = 50
/** Lines of the audit trail that an answer holds per cause. */
export const TRIAGE_TRAIL_MAX = 20

export const TriageStateSchema = z.enum(TRIAGE_STATES)

/** What people read for a state. */
export const TRIAGE_STATE_WORDS = {
  new: 'new',
  acknowledged: 'acknowledged',
  'being-fixed': 'being fixed',
  'upstream-issue': 'upstream issue',
  'wont-fix': 'won’t fix',
} as const satisfies Record<TriageState, string>

/** The query of `/triage` and `GET /api/v1/triage`; lists are repeated keys. */
export const TriageParamsSchema = z.strictObject({
  state: z
    .array(TriageStateSchema)
    .max(TRIAGE_STATES.length)
    .default([])
    .describe('Only causes of which people say this. May be repeated.'),
  branch: z
    .array(z.string().min(1).max(200))
    .max(100)
    .default([])
    .describe('Only causes that break something on these branches, and that alone is counted. May be repeated.'),
  limit: z.number().int().min(1).max(TRIAGE_MAX).default(TRIAGE_DEFAULT).describe('Causes at most.'),
  offset: z.number().int().min(0).default(0).describe('Causes to skip. Counts anew each time: to read on, use after.'),
  after: CauseCursorSchema.nullable().default(null).describe(CURSOR_WORDS),
})
export type TriageParams = z.infer<typeof TriageParamsSchema>

/** The parameters of triage in a query string, or which one is wrong and what to send instead. */
export function parseTriageQuery(query: URLSearchParams): Query<TriageParams> {
  return parseQuery(TriageParamsSchema, query, (parameter) => EXPECTED[parameter] ?? 'be a name of 1 to 200 characters')
}

/** The shortest query string that `parseTriageQuery` reads as these parameters. */
export function toTriageQuery({ state, branch, limit, offset, after }: TriageParams): URLSearchParams {
  return new URLSearchParams([
    ...state.map((word) => ['state', word]),
    ...branch.map((name) => ['branch', name]),
    ...(limit === TRIAGE_DEFAULT ? [] : [['limit', String(limit)]]),
    ...(offset === 0 ? [] : [['offset', String(offset)]]),
    ...(after === null ? [] : [['after', after]]),
  ])
}

const EXPECTED: Readonly<Record<string, string>> = {
  state: `be one of ${TRIAGE_STATES.join(', ')}`,
  limit: `be a whole number from 1 to ${TRIAGE_MAX}`,
  offset: 'be a whole number from 0',
  after: CURSOR_EXPECTED,
}

/** A cause on one branch. */
export const TriageBranchSchema = z.object({
  name: z.string(),
  title: z.string(),
  freshness: FreshnessSchema,
  blocks: z.number().int().describe('Packages that it blocks there; `packages` names the first of them.'),
  packages: z.array(
    z.object({
      name: z.string(),
      headline: z.boolean(),
      undecided: z.boolean().describe('The newest evaluation has not decided it anew: it is shown as it was before.'),
      flapping: z.boolean().describe('Its outcome changes without what is built.'),
    }),
  ),
  /**
   * The package whose suspects speak for the cause there: the root itself where that is a package, else the first that
   * broke where most did.
   */
  suspectsOf: z.string(),
  firstBad: PinnablePointSchema.nullable().describe(
    'Where most of what it blocks broke, and when that was last good; null where it never was, or is not known.',
  ),
  lastGood: PinnablePointSchema.nullable(),
  nixpkgs: z
    .object({ from: RevisionSchema, to: RevisionSchema, compareUrl: z.string() })
    .nullable()
    .describe('nixpkgs between the two; null while either revision is unknown.'),
  /** The roots themselves, with version; `url` is the build at its source, or else the evaluation. */
  derivations: z.array(
    z.object({ derivation: z.string().nullable(), name: z.string(), status: StatusSchema, url: z.string() }),
  ),
})
export type TriageBranch = z.infer<typeof TriageBranchSchema>

/** One line of the audit trail: what a person changed, or what the sync found. */
export const TriageChangeSchema = z.object({
  at: TimeSchema,
  who: z.string().nullable().describe('Null: the sync.'),
  act: z
    .enum(['changed', 'closed', 'reopened'])
    .describe('`changed` by a person; `closed` and `reopened` by the sync, as the cause went and came back.'),
  /** What is another since, before and after; null stands for none. */
  fields: z.array(
    z.object({
      name: z.enum(['state', 'note', 'issueUrl']),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
})
export type TriageChange = z.infer<typeof TriageChangeSchema>

/** One root cause that breaks something now, and what people say of it. */
export const TriageEntrySchema = z.object({
  id: z.string().describe('Opaque; the same as long as the cause has the same name and system.'),
  version: z.number().int().describe('Grows with each change: whoever changes the entry names the version they saw.'),
  kind: z
    .enum(CAUSE_KINDS)
    .describe(
      "Of a build, `name` is the derivation's without version; of an evaluation the masked message; of evictions the cache's id.",
    ),
  name: z.string(),
  system: z.string().nullable(),
  blocks: z
    .number()
    .int()
    .describe('Packages that it blocks, on the chosen branches together, and how many of them are headline packages.'),
  headlines: z.number().int(),
  flapping: z.number().int().describe('How many of them flap: their outcome changes without what is built.'),
  branches: z.array(TriageBranchSchema),
  excerpt: LogExcerptSchema.extend({ derivation: z.string() })
    .nullable()
    .describe("Why one of its builds failed, from that build's log; null while none is stored."),
  state: TriageStateSchema,
  note: z.string(),
  issueUrl: z.string().nullable(),
  who: z.string().nullable().describe('Who changed it last, and when.'),
  changedAt: TimeSchema.nullable(),
  openedAt: TimeSchema.describe('When it was first seen here, when it last came back, and how often it did.'),
  reopenedAt: TimeSchema.nullable(),
  reopened: z.number().int(),
  changes: z.number().int().describe('Lines of the audit trail.'),
  trail: z.array(TriageChangeSchema).describe('The newest of them, newest first, `TRIAGE_TRAIL_MAX` at most.'),
})
export type TriageEntry = z.infer<typeof TriageEntrySchema>

export const TriageSchema = z.object({
  generatedAt: TimeSchema,
  total: z.number().int().describe('Causes that match, over all pages.'),
  states: z.record(TriageStateSchema, z.number().int()).describe('Open causes by state, whatever the filter.'),
  unexplained: z
    .number()
    .int()
    .describe('Packages that are broken and of which no cause is known (yet): they stand in no entry.'),
  branches: z.array(z.object({ name: z.string(), title: z.string(), freshness: FreshnessSchema })),
  causes: z.array(TriageEntrySchema).describe('Worst first.'),
  next: z.string().nullable().describe('`after` of the next page, or null on the last one.'),
})
export type Triage = z.infer<typeof TriageSchema>

import { z } from 'zod'
import { CLOSENESS } from '@/lib/domain/suspects'
import { RevisionSchema, TimeSchema } from './words'

/** Commits that one answer names. */
export const SUSPECTS_MAX = 50

/** How far a range is known. `none`: nothing is broken; `same`: both evaluations stand on one revision. */
export const SUSPECTS_STATES = ['read', 'waiting', 'too-large', 'unknown', 'same', 'none'] as const

export const SuspectSchema = z.object({
  sha: z.string(),
  subject: z.string().describe("First line of the commit's message: text of others."),
  at: TimeSchema.nullable(),
  url: z.string(),
  closeness: z.enum(CLOSENESS),
  reason: z.string(),
  distance: z
    .number()
    .int()
    .nullable()
    .describe('Steps in the input graph to what the commit touches; 0: what fails itself; null: nothing ties it.'),
})
export type Suspect = z.infer<typeof SuspectSchema>

export const SuspectsSchema = z.object({
  package: z.string(),
  branch: z.string(),
  /** nixpkgs revisions of the last good and the first bad evaluation; null while either is unknown. */
  range: z
    .object({
      from: RevisionSchema,
      to: RevisionSchema,
      compareUrl: z.string(),
      commits: z.number().int().nullable().describe('How many there are; null while unknown.'),
    })
    .nullable(),
  state: z.enum(SUSPECTS_STATES),
  note: z.string().describe('One sentence on what the list below is, or why there is none.'),
  suspects: z.array(SuspectSchema).describe('Closest to what fails first, `SUSPECTS_MAX` at most.'),
  bisect: z.string().nullable().describe('A line for a shell in a checkout of nixpkgs.'),
})
export type Suspects = z.infer<typeof SuspectsSchema>

/** The query of `GET /api/v1/packages/{package}/suspects`. */
export const SuspectsParamsSchema = z.strictObject({
  branch: z.string().min(1).max(200).describe('The branch on which the package is broken.'),
})

import { z } from 'zod'
import { LogExcerptSchema } from './log'
import { RootCauseSchema } from './matrix'

/** A root cause with what it blocks in one evaluation, and where a cause of its name stands now. */
export const FoldedCauseSchema = RootCauseSchema.extend({
  blocks: z.number().int().describe('Attributes.'),
  packages: z.array(z.string()),
  brokenNow: z
    .array(z.object({ branch: z.string(), blocks: z.number().int() }))
    .describe(
      'Branches whose newest evaluation it breaks, whatever its version there; in the order of the configuration.',
    ),
  excerpt: LogExcerptSchema.nullable().describe('Why it failed, from its log; null while no log of it is stored.'),
})
export type FoldedCause = z.infer<typeof FoldedCauseSchema>

import { z } from 'zod'

/** RFC 9457 problem details; the title tells what to do. */
export const ProblemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
})
export type Problem = z.infer<typeof ProblemSchema>

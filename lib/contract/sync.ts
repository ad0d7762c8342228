import { z } from 'zod'
import { SYNC_STAGES } from '@/lib/domain/sync-stage'
import { TimeSchema } from './words'

/** Body of `POST /api/v1/sync` and fields of the re-sync form. */
export const SyncRequestSchema = z.strictObject({
  source: z.string().min(1).max(200).optional().describe('Id of the one source to read; all of them unless given.'),
  full: z.boolean().default(false).describe('Read again everything within the days of history.'),
})
export type SyncRequest = z.infer<typeof SyncRequestSchema>

export const SyncRunSchema = z.object({
  id: z.string(),
  trigger: z.enum(['schedule', 'command', 'api', 'button', 'demo']),
  who: z.string().nullable(),
  startedAt: TimeSchema,
  finishedAt: TimeSchema.nullable(),
  status: z.enum(['running', 'done', 'failed']),
  progress: z
    .object({
      stage: z.enum(SYNC_STAGES),
      source: z.string().nullable(),
      done: z.number().int(),
      total: z.number().int(),
    })
    .nullable(),
  counts: z.object({ evaluations: z.number().int(), results: z.number().int(), checks: z.number().int() }),
  errors: z.array(z.object({ source: z.string(), address: z.string(), reason: z.string(), at: TimeSchema })),
})
export type SyncRun = z.infer<typeof SyncRunSchema>

/** Who is notified, and what became of it. Neither secrets nor whole addresses are in it: the page is public. */
export const ReceiverReportSchema = z.object({
  id: z.string(),
  kind: z.enum(['webhook', 'matrix', 'email', 'github-issues']),
  to: z.string().describe('Where it goes: a host, a room, how many mail addresses, a repository.'),
  isEnabled: z.boolean(),
  waiting: z.number().int().describe('Notices that have not arrived yet, and when the oldest of them is sent again.'),
  nextTryAt: TimeSchema.nullable(),
  failing: z
    .object({ attempts: z.number().int(), reason: z.string() })
    .nullable()
    .describe('Why the oldest notice that waits did not arrive; null while none has failed.'),
  lastSentAt: TimeSchema.nullable(),
  givenUp: z.number().int().describe('Notices that were given up within the last month.'),
  /** The last attempts, newest first. */
  log: z.array(
    z.object({
      at: TimeSchema,
      title: z.string().describe('What was told; third-party text.'),
      durationMs: z.number().int(),
      outcome: z.enum(['sent', 'failed', 'given-up']),
      reason: z.string().nullable(),
    }),
  ),
})
export type ReceiverReport = z.infer<typeof ReceiverReportSchema>

export const SyncReportSchema = z.object({
  running: z.string().nullable(),
  next: TimeSchema.nullable(),
  runs: z.array(SyncRunSchema),
  /** What the next syncs go on with, as the last one left it. */
  waiting: z.object({
    logs: z.number().int().describe('Build logs of what is broken.'),
    ranges: z
      .number()
      .int()
      .describe(
        "Ranges of nixpkgs commits to suspect, and when GitHub's hourly budget lets us go on, where it said so.",
      ),
    rangesRetryAt: TimeSchema.nullable(),
  }),
  /** Per source: when it was last read in full, what waits, and what matched no branch. */
  sources: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      url: z.string(),
      readAt: TimeSchema.nullable(),
      locksWaiting: z
        .number()
        .int()
        .describe("Lock files not read yet, and when the host's hourly budget lets us go on."),
      locksRetryAt: TimeSchema.nullable(),
      skipped: z
        .array(z.object({ name: z.string(), runs: z.number().int() }))
        .describe('Runs that match no configured branch, by the ref or job name they came with.'),
    }),
  ),
  receivers: z.array(ReceiverReportSchema).describe('In the order of the configuration.'),
})
export type SyncReport = z.infer<typeof SyncReportSchema>

export const SyncAcceptedSchema = z.object({ id: z.string() })

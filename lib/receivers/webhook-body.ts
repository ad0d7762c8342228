import 'server-only'
import { z } from 'zod'
import { EVENT_KINDS } from '@/lib/domain/health-event'
import { STATUSES } from '@/lib/domain/status'
import type { Notice } from './receiver'

const EventSchema = z.strictObject({
  key: z.string().describe('The same for every receiver, and for ever.'),
  kind: z.enum(EVENT_KINDS),
  branch: z.string().describe('Our name of the branch.'),
  cause: z
    .strictObject({
      key: z.string().describe('The same over versions, evaluations and branches.'),
      name: z.string().describe('Name of the derivation with version, or the message of what does not evaluate.'),
      derivation: z.string().nullable().describe('Store path; null for what does not evaluate.'),
      status: z.enum(STATUSES),
    })
    .nullable()
    .describe('The root cause; null for changes that have none.'),
  packages: z.array(z.string()).describe('Those that changed, headline packages first.'),
  alsoBroken: z.array(z.string()).describe('Others that the cause breaks on this branch.'),
  stillBroken: z.array(z.string()).describe('Freed from this cause, and broken by another one.'),
  reasons: z.array(z.string()).describe('Why a branch is stale.'),
  evaluation: z.string().nullable().describe('Id of the evaluation that showed it.'),
  nixpkgsRevision: z.string().nullable(),
  at: z.iso.datetime().describe('When it became so.'),
})

/** What a webhook posts; keys may be added, never renamed. The headers are those of the Standard Webhooks specification. */
export const WebhookBodySchema = z.strictObject({
  type: z.enum(['test', ...EVENT_KINDS.map((kind) => `health.${kind}` as const)]),
  timestamp: z.iso.datetime().describe('When it became so.'),
  data: z.strictObject({
    title: z.string().describe('One line for people.'),
    lines: z.array(z.string()).describe('More lines for people, plain text.'),
    url: z.url().describe('Where the dashboard tells more.'),
    event: EventSchema.nullable().describe('The change; null in a test.'),
  }),
})
export type WebhookBody = z.infer<typeof WebhookBodySchema>

/** The body for a notice: the same at every attempt. */
export function toWebhookBody({ event, title, lines, url, at }: Notice): WebhookBody {
  return {
    type: event === null ? 'test' : `health.${event.kind}`,
    timestamp: at.toISOString(),
    data: { title, lines: [...lines], url, event: event === null ? null : toEvent(event) },
  }
}

function toEvent(event: NonNullable<Notice['event']>): z.infer<typeof EventSchema> {
  const { key, kind, branch, cause, evaluation, nixpkgsRevision } = event
  return {
    key,
    kind,
    branch,
    cause:
      cause === null ? null : { key: cause.key, name: cause.name, derivation: cause.derivation, status: cause.status },
    packages: [...event.packages],
    alsoBroken: [...event.alsoBroken],
    stillBroken: [...event.stillBroken],
    reasons: [...event.reasons],
    evaluation,
    nixpkgsRevision,
    at: new Date(event.atMs).toISOString(),
  }
}

import 'server-only'
import type { Db } from '@/lib/db/client'
import { parseEventBody } from '@/lib/db/event-body'
import { eventText } from '@/lib/domain/event-text'
import { type HealthEvent, toHealthEvent } from '@/lib/domain/health-event'
import { log } from '@/lib/log'
import { UpstreamError, type UpstreamErrorKind } from '@/lib/net/errors'
import type { KnownIssue, Notice, Receiver } from '@/lib/receivers/receiver'
import { readCauseNow } from './cause-now'
import type { DeliverTools } from './deliver'
import { type Lease, renewLease } from './lease-row'
import type { ConfiguredReceiver } from './receiver-adapters'
import { storeOutcome } from './store-outcome'

export type Delivery = NonNullable<Awaited<ReturnType<Db['delivery']['findFirst']>>>

/** Who is spoken to, and what shows that nobody else speaks to it. */
export interface Speaker {
  readonly configured: ConfiguredReceiver
  readonly lease: Lease
}

/** What became of an attempt. */
export type Outcome =
  | { readonly kind: 'sent'; readonly issue: KnownIssue | null }
  | {
      readonly kind: 'failed'
      readonly reason: string
      /** It says never, not "not now". */
      readonly isRefused: boolean
      readonly retryAt: Date | null
    }

/**
 * Sends one notice and stores what became of it. That it was begun is stored first: what a process began that died is
 * sent again as a repeat. Throws `LeaseLostError`, and for a fault of the database.
 */
export async function attemptDelivery(tools: DeliverTools, speaker: Speaker, delivery: Delivery): Promise<void> {
  const startedAt = tools.now()
  await tools.db.$transaction(async (tx) => {
    await renewLease(tx, speaker.lease, startedAt)
    await tx.delivery.update({ where: { id: delivery.id }, data: { attempts: { increment: 1 } } })
  })
  const event = toHealthEvent(parseEventBody(delivery.body))
  const notice = event === null ? null : await toNotice(tools, speaker.configured, { delivery, event })
  const outcome = notice === null ? UNKNOWN_KIND : await tellReceiver(speaker.configured.receiver, notice)
  await storeOutcome(tools, speaker, { delivery, notice, startedAt, outcome })
}

// A later version stored it, which knows more kinds.
const UNKNOWN_KIND: Outcome = {
  kind: 'failed',
  reason: 'this version does not know the kind of change',
  isRefused: true,
  retryAt: null,
}

interface Told {
  readonly delivery: Delivery
  readonly event: HealthEvent
}

async function toNotice(
  { db, linkOf }: DeliverTools,
  { config }: ConfiguredReceiver,
  { delivery, event }: Told,
): Promise<Notice> {
  return {
    ...eventText(event),
    id: delivery.key,
    event,
    url: linkOf(event),
    at: new Date(event.atMs),
    isRepeat: delivery.attempts > 0,
    cause: await readCauseNow(db, config, event.cause?.key ?? null),
  }
}

const REFUSALS: ReadonlySet<UpstreamErrorKind> = new Set(['invalid-response', 'not-found', 'too-large'])

/** Tells a receiver once. Whatever goes wrong is an outcome: the reason of a fault of ours is in the log alone. */
export async function tellReceiver(receiver: Receiver, notice: Notice): Promise<Outcome> {
  try {
    return { kind: 'sent', issue: await receiver.send(notice) }
  } catch (error) {
    if (error instanceof UpstreamError) {
      const { message: reason, kind, retryAt } = error
      return { kind: 'failed', reason, isRefused: REFUSALS.has(kind), retryAt }
    }
    log.error({ err: error, receiver: receiver.id }, 'a notice could not be sent for a fault of ours')
    return { kind: 'failed', reason: 'a fault of Flakeboard; its log tells more', isRefused: false, retryAt: null }
  }
}

import 'server-only'
import type { Tx } from '@/lib/db/client'
import { DELIVERY_WAITS, nextAttemptMs } from '@/lib/domain/delivery'
import { log } from '@/lib/log'
import { backoffMs } from '@/lib/net/backoff'
import type { KnownIssue, Notice } from '@/lib/receivers/receiver'
import type { Delivery, Outcome, Speaker } from './attempt-delivery'
import type { DeliverTools } from './deliver'
import { renewLease } from './lease-row'

interface Attempt {
  readonly delivery: Delivery
  readonly notice: Notice | null
  readonly startedAt: Date
  readonly outcome: Outcome
}

/** Stores what became of an attempt, the log of deliveries, and the issue that the receiver keeps, in one transaction. */
export async function storeOutcome(
  tools: DeliverTools,
  { configured, lease }: Speaker,
  attempt: Attempt,
): Promise<void> {
  const { delivery, notice, outcome, startedAt } = attempt
  const { id: receiver, kind } = configured.config
  const endedAt = tools.now()
  const change = toChange(tools, attempt, endedAt)
  await tools.db.$transaction(async (tx) => {
    await renewLease(tx, lease, endedAt)
    await tx.delivery.update({ where: { id: delivery.id }, data: change.data })
    await tx.deliveryAttempt.create({
      data: {
        receiver,
        delivery: delivery.key,
        title: notice?.title ?? '',
        atMs: BigInt(startedAt.getTime()),
        durationMs: endedAt.getTime() - startedAt.getTime(),
        outcome: change.outcome,
        reason: outcome.kind === 'sent' ? null : outcome.reason,
      },
    })
    const cause = notice?.event?.cause?.key
    if (kind === 'github-issues' && outcome.kind === 'sent' && cause !== undefined) {
      await storeIssue(tx, { receiver, cause }, outcome.issue)
    }
  })
  if (change.outcome === 'sent') return
  const facts = { receiver, delivery: delivery.key, attempts: delivery.attempts + 1, reason: change.data.reason }
  if (change.outcome === 'given-up') log.warn(facts, 'a notice is given up')
  else log.info(facts, 'a notice did not arrive')
}

function toChange({ random }: DeliverTools, { delivery, outcome }: Attempt, endedAt: Date) {
  const nowMs = endedAt.getTime()
  const ended = { endedMs: BigInt(nowMs) }
  if (outcome.kind === 'sent') {
    return { outcome: 'sent', data: { state: 'sent', reason: null, ...ended } } as const
  }
  const attempts = delivery.attempts + 1
  const { reason, isRefused, retryAt } = outcome
  const nextMs = nextAttemptMs({
    ...{ attempts, nowMs, isRefused },
    queuedMs: Number(delivery.queuedMs),
    retryMs: retryAt?.getTime() ?? null,
    waitMs: backoffMs(attempts, random(), DELIVERY_WAITS),
  })
  return nextMs === null
    ? ({ outcome: 'given-up', data: { state: 'given-up', reason, ...ended } } as const)
    : ({ outcome: 'failed', data: { reason, dueMs: BigInt(nextMs) } } as const)
}

async function storeIssue(
  tx: Tx,
  key: { readonly receiver: string; readonly cause: string },
  issue: KnownIssue | null,
): Promise<void> {
  if (issue === null) {
    await tx.githubIssue.deleteMany({ where: key })
    return
  }
  await tx.githubIssue.upsert({ where: { receiver_cause: key }, create: { ...key, ...issue }, update: { ...issue } })
}

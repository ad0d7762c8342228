import 'server-only'
import type { Config, NotificationConfig } from '@/lib/config/schema'
import { type ReceiverReport, ReceiverReportSchema } from '@/lib/contract/sync'
import type { Db } from '@/lib/db/client'
import { isoOf } from './times'

/** Attempts of each receiver that are shown. */
const LOG_MAX = 10

/** Who is notified and what became of it, in the order of the configuration. */
export function readReceivers(db: Db, { notifications }: Pick<Config, 'notifications'>): Promise<ReceiverReport[]> {
  return Promise.all(notifications.map((receiver) => readReceiver(db, receiver)))
}

async function readReceiver(db: Db, receiver: NotificationConfig): Promise<ReceiverReport> {
  const { id, kind, enabled } = receiver
  const ofIt = { receiver: id }
  const [waiting, givenUp, head, lastSent, log] = await Promise.all([
    db.delivery.count({ where: { ...ofIt, state: 'waiting' } }),
    db.delivery.count({ where: { ...ofIt, state: 'given-up' } }),
    db.delivery.findFirst({ where: { ...ofIt, state: 'waiting' }, orderBy: { id: 'asc' } }),
    db.deliveryAttempt.findFirst({ where: { ...ofIt, outcome: 'sent' }, orderBy: { id: 'desc' } }),
    db.deliveryAttempt.findMany({ where: ofIt, orderBy: { id: 'desc' }, take: LOG_MAX }),
  ])
  return ReceiverReportSchema.parse({
    ...{ id, kind, to: addressedTo(receiver), isEnabled: enabled, waiting, givenUp },
    nextTryAt: isoOf(head?.dueMs ?? null),
    failing: head === null || head.reason === null ? null : { attempts: head.attempts, reason: head.reason },
    lastSentAt: isoOf(lastSent?.atMs ?? null),
    log: log.map(({ atMs, title, durationMs, outcome, reason }) => ({
      ...{ title, durationMs, outcome, reason },
      at: isoOf(atMs),
    })),
  })
}

function addressedTo(receiver: NotificationConfig): string {
  switch (receiver.kind) {
    case 'webhook':
      // Paths and queries of webhooks are often what keeps others out.
      return new URL(receiver.url).host
    case 'matrix':
      return receiver.room
    case 'email':
      return receiver.to.length === 1 ? 'one address' : `${receiver.to.length} addresses`
    case 'github-issues':
      return `${receiver.owner}/${receiver.name}`
  }
}

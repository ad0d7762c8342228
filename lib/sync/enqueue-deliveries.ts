import 'server-only'
import { createHash } from 'node:crypto'
import type { Config } from '@/lib/config/schema'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { DELIVERIES_KEPT_MS, type Interest, narrowEvent, PAST_TOLD_MS } from '@/lib/domain/delivery'
import type { HealthEvent } from '@/lib/domain/health-event'

type Notified = Pick<Config, 'notifications'>

/**
 * Notes what each receiver is to be told, in the transaction that stores the events: nothing that is stored stays
 * untold, whenever the process dies. A receiver is told of what happens from a day before it was first configured on.
 */
export async function enqueueDeliveries(
  tx: Tx,
  config: Notified,
  events: readonly HealthEvent[],
  now: Date,
): Promise<void> {
  const receivers = config.notifications.filter(({ enabled }) => enabled)
  if (receivers.length === 0 || events.length === 0) return
  const seen = await registerReceivers(tx, config, now)
  const nowMs = now.getTime()
  const rows = receivers.flatMap((receiver) => {
    const sinceMs = (seen.get(receiver.id) ?? nowMs) - PAST_TOLD_MS
    return wantedOf(receiver, events, sinceMs).map((event) => {
      const body = JSON.stringify(event)
      return [deliveryKey(receiver.id, event.key), receiver.id, event.key, body, 'waiting', nowMs, nowMs]
    })
  })
  await insertRows(tx, { table: 'Delivery', columns: COLUMNS, rows, onConflict: 'ignore' })
  await pruneDeliveries(tx, nowMs)
}

// Told events are stored for ever, so none comes again whose delivery was forgotten.
async function pruneDeliveries(tx: Tx, nowMs: number): Promise<void> {
  const before = { lt: BigInt(nowMs - DELIVERIES_KEPT_MS) }
  await tx.delivery.deleteMany({ where: { queuedMs: before } })
  await tx.deliveryAttempt.deleteMany({ where: { atMs: before } })
}

/** Notes receivers that were never seen before; when each was first seen, in milliseconds since 1970. */
export async function registerReceivers(tx: Tx, config: Notified, now: Date): Promise<ReadonlyMap<string, number>> {
  const ids = config.notifications.flatMap(({ id, enabled }) => (enabled ? id : []))
  const rows = ids.map((id) => [id, now.getTime()])
  await insertRows(tx, { table: 'Receiver', columns: ['id', 'firstSeenMs'], rows, onConflict: 'ignore' })
  const seen = await tx.receiver.findMany({ where: { id: { in: ids } } })
  return new Map(seen.map(({ id, firstSeenMs }) => [id, Number(firstSeenMs)]))
}

const COLUMNS = ['key', 'receiver', 'event', 'body', 'state', 'queuedMs', 'dueMs'] as const

function wantedOf(receiver: Interest & { kind: string }, events: readonly HealthEvent[], sinceMs: number) {
  return events.flatMap((event) => {
    const narrowed = event.atMs < sinceMs ? null : narrowEvent(event, receiver)
    // Issues are of root causes alone.
    return narrowed === null || (receiver.kind === 'github-issues' && narrowed.cause === null) ? [] : narrowed
  })
}

/** The same for the same receiver and event, whoever computes it. */
function deliveryKey(receiver: string, event: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([receiver, event]))
    .digest('base64url')
  return `msg_${hash.slice(0, 22)}`
}

import 'server-only'
import type { Config } from '@/lib/config/schema'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import type { HealthEvent } from '@/lib/domain/health-event'
import { enqueueDeliveries } from './enqueue-deliveries'

/** An event with its database id, as it was stored just now. */
export interface StoredEvent extends HealthEvent {
  readonly id: number
  readonly publishedMs: number
}

/** Stores the events that are not stored yet, with what receivers are to be told of them, and returns those, oldest first. */
export async function storeEvents(
  tx: Tx,
  config: Config,
  events: readonly HealthEvent[],
  now: Date,
): Promise<StoredEvent[]> {
  const keys = events.map(({ key }) => key)
  const known = await tx.event.findMany({ where: { key: { in: keys } }, select: { key: true } })
  const taken = new Set(known.map(({ key }) => key))
  const stored: StoredEvent[] = []
  for (const event of events.toSorted((a, b) => a.atMs - b.atMs)) {
    if (taken.has(event.key)) continue
    taken.add(event.key)
    stored.push(await storeEvent(tx, event, now.getTime()))
  }
  await enqueueDeliveries(tx, config, stored, now)
  return stored
}

async function storeEvent(tx: Tx, event: HealthEvent, publishedMs: number): Promise<StoredEvent> {
  const { key, kind, branch, cause, evaluation, packages, atMs } = event
  const seen = evaluation === null ? null : await tx.evaluation.findUnique({ where: { key: evaluation } })
  const { id } = await tx.event.create({
    data: {
      ...{ key, kind, branch, causeKey: cause?.key ?? null, name: cause?.name ?? null },
      evaluationId: seen?.id ?? null,
      atMs: BigInt(atMs),
      publishedMs: BigInt(publishedMs),
      body: JSON.stringify(event),
    },
    select: { id: true },
  })
  const rows = packages.map((row) => [id, row])
  await insertRows(tx, { table: 'EventPackage', columns: ['eventId', 'row'], rows, onConflict: 'ignore' })
  return { ...event, id, publishedMs }
}

import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { HealthEvent } from '@/lib/domain/health-event'
import { eventKey, type UnkeyedEvent } from './event-key'

/** Each is told now: where its key is taken, the same has happened before to the same evaluation. */
export async function keyEvents(tx: Tx, events: readonly UnkeyedEvent[]): Promise<HealthEvent[]> {
  const keyed: HealthEvent[] = []
  const taken = new Set<string>()
  for (const event of events) {
    let time = 0
    while (taken.has(eventKey(event, time)) || (await isTaken(tx, eventKey(event, time)))) time += 1
    const key = eventKey(event, time)
    taken.add(key)
    keyed.push({ ...event, key })
  }
  return keyed
}

async function isTaken(tx: Tx, key: string): Promise<boolean> {
  return (await tx.event.findUnique({ where: { key }, select: { id: true } })) !== null
}

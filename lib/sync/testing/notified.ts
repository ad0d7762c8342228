import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import type { HealthEvent } from '@/lib/domain/health-event'
import { type DeliverTools, deliverDue } from '@/lib/sync/deliver'
import { enqueueDeliveries } from '@/lib/sync/enqueue-deliveries'
import { type ConfiguredReceiver, makeReceivers, type ReceiverTools } from '@/lib/sync/receiver-adapters'
import { scriptedConfig } from './sync-once'

type NotificationFile = NonNullable<Parameters<typeof scriptedConfig>[0]>['notifications']

/** For tests: what is in every secret. */
export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const START = new Date('2026-11-23T12:00:00Z')

/** For tests: an installation that notifies, under a clock that stands still until it is moved. */
export interface Notified {
  readonly config: Config
  readonly clock: { now: Date }
  pass(ms: number): void
  receivers(): ConfiguredReceiver[]
  tools(db: Db, given?: Partial<DeliverTools>): DeliverTools
  enqueue(db: Db, ...events: HealthEvent[]): Promise<void>
  /** Sends what is due, by adapters of its own, as another process would. */
  deliver(db: Db, given?: Partial<DeliverTools>): Promise<void>
}

/** `makeDoor` makes the door to the receivers, under the clock of the installation. */
export function notified(
  notifications: NotificationFile,
  makeDoor: (now: () => Date) => NonNullable<ReceiverTools['request']>,
): Notified {
  const config = scriptedConfig({ notifications })
  const clock = { now: START }
  const now = () => clock.now
  const world: Notified = {
    config,
    clock,
    pass: (ms) => {
      clock.now = new Date(clock.now.getTime() + ms)
    },
    receivers: () => makeReceivers(config, { readSecret: () => SECRET, request: makeDoor(now), now }),
    tools: (db, given = {}) => ({
      db,
      receivers: world.receivers(),
      linkOf: (event) => `https://flakes.example.org/branches/${event.branch}`,
      now,
      random: () => 0.5,
      sleep: async () => {},
      ...given,
    }),
    enqueue: (db, ...events) => db.$transaction((tx) => enqueueDeliveries(tx, config, events, clock.now)),
    deliver: (db, given) => deliverDue(world.tools(db, given)),
  }
  return world
}

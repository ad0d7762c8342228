import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleepFor } from 'node:timers/promises'
import type { Db } from '@/lib/db/client'
import type { HealthEvent } from '@/lib/domain/health-event'
import { log } from '@/lib/log'
import { attemptDelivery } from './attempt-delivery'
import { freeLease, HEARTBEAT_MS, type Lease, LeaseLostError, renewLease, seizeLease } from './lease-row'
import type { ConfiguredReceiver } from './receiver-adapters'

export interface DeliverTools {
  readonly db: Db
  readonly receivers: readonly ConfiguredReceiver[]
  /** Address of the page that tells more of a change. */
  readonly linkOf: (event: HealthEvent) => string
  readonly now: () => Date
  /** In [0, 1). */
  readonly random: () => number
  readonly sleep: (waitMs: number) => Promise<unknown>
}

/** The tools of a program that runs; the clock, chance and waiting are handed in by tests. */
export function deliverTools(given: Pick<DeliverTools, 'db' | 'receivers' | 'linkOf'>): DeliverTools {
  return { now: () => new Date(), random: Math.random, sleep: (waitMs) => sleepFor(waitMs), ...given }
}

/**
 * Sends every notice that is due, each receiver's in the order in which they were stored: one that failed holds the later
 * ones back until it has arrived or is given up. Of all processes one at a time speaks to a receiver. What a receiver does
 * wrong is stored and never thrown.
 */
export async function deliverDue(tools: DeliverTools): Promise<void> {
  const due = await readDueReceivers(tools)
  await Promise.all(tools.receivers.filter(({ config }) => due.has(config.id)).map((one) => deliverTo(tools, one)))
}

/** Those whose oldest waiting notice is due. */
async function readDueReceivers({ db, receivers, now }: DeliverTools): Promise<ReadonlySet<string>> {
  const heads = await db.delivery.groupBy({
    by: ['receiver'],
    where: { state: 'waiting', receiver: { in: receivers.map(({ config }) => config.id) } },
    _min: { id: true },
  })
  const ids = heads.flatMap(({ _min }) => _min.id ?? [])
  if (ids.length === 0) return new Set()
  const due = await db.delivery.findMany({
    where: { id: { in: ids }, dueMs: { lte: BigInt(now().getTime()) } },
    select: { receiver: true },
  })
  return new Set(due.map(({ receiver }) => receiver))
}

async function deliverTo(tools: DeliverTools, configured: ConfiguredReceiver): Promise<void> {
  const { db, now } = tools
  const lease = { name: `receiver ${configured.config.id}`, holder: randomUUID() }
  const holder = await db.$transaction((tx) => seizeLease(tx, lease, now()))
  if (holder !== null) return
  const heart = setInterval(() => {
    // Each write looks at the lease again, so one that is lost is noticed there.
    renewLease(db, lease, now()).catch(() => {})
  }, HEARTBEAT_MS)
  try {
    await sendInOrder(tools, configured, lease)
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error
    log.warn({ receiver: configured.config.id }, 'another process took over while a notice was sent')
  } finally {
    clearInterval(heart)
    await freeLease(db, lease)
  }
}

async function sendInOrder(tools: DeliverTools, configured: ConfiguredReceiver, lease: Lease): Promise<void> {
  for (let sent = 0; ; sent += 1) {
    const head = await tools.db.delivery.findFirst({
      where: { receiver: configured.config.id, state: 'waiting' },
      orderBy: { id: 'asc' },
    })
    if (head === null || Number(head.dueMs) > tools.now().getTime()) return
    if (sent > 0 && configured.receiver.pauseMs > 0) await tools.sleep(configured.receiver.pauseMs)
    await attemptDelivery(tools, { configured, lease }, head)
  }
}

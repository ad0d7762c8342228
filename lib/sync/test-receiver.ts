import 'server-only'
import { randomUUID } from 'node:crypto'
import { publicUrl, config as readConfiguration } from '@/lib/config/config'
import { type Db, db as openDatabase } from '@/lib/db/client'
import type { Notice } from '@/lib/receivers/receiver'
import { tellReceiver } from './attempt-delivery'
import { type ConfiguredReceiver, makeReceivers } from './receiver-adapters'

export type Tested =
  | { readonly sent: true }
  /** `reason` holds no secret. */
  | { readonly sent: false; readonly reason: string }

interface TestTools {
  readonly db?: Db
  readonly receivers?: readonly ConfiguredReceiver[]
  readonly now?: () => Date
}

/** Tells one receiver that somebody tries it, notes that in the log of deliveries, and says what became of it. */
export async function testReceiver(
  { receiver: id, who }: { readonly receiver: string; readonly who: string },
  tools: TestTools = {},
): Promise<Tested> {
  const { db = openDatabase(), receivers = makeReceivers(readConfiguration()), now = () => new Date() } = tools
  const tested = receivers.find(({ config }) => config.id === id)
  if (tested === undefined) return { sent: false, reason: 'there is no such receiver' }
  const startedAt = now()
  const outcome = await tellReceiver(tested.receiver, testNotice(who, startedAt))
  const reason = outcome.kind === 'sent' ? null : outcome.reason
  await db.deliveryAttempt.create({
    data: {
      receiver: id,
      title: `test by ${who}`,
      atMs: BigInt(startedAt.getTime()),
      durationMs: now().getTime() - startedAt.getTime(),
      outcome: reason === null ? 'sent' : 'failed',
      reason,
    },
  })
  return reason === null ? { sent: true } : { sent: false, reason }
}

function testNotice(who: string, at: Date): Notice {
  return {
    id: `test_${randomUUID()}`,
    event: null,
    title: 'A test of notifications',
    lines: [`${who} asked for it. Nothing has changed.`],
    url: publicUrl(),
    at,
    isRepeat: false,
    cause: { isBroken: false, issue: null },
  }
}

import 'server-only'
import { Cron } from 'croner'
import { config as readConfiguration } from '@/lib/config/config'
import { db as openDatabase } from '@/lib/db/client'
import { log } from '@/lib/log'
import { type DeliverTools, deliverDue, deliverTools } from './deliver'
import { registerReceivers } from './enqueue-deliveries'
import { makeReceivers } from './receiver-adapters'

/** Soon after a sync has stored something to tell, and one small read when there is nothing. */
const EVERY_FIVE_SECONDS = '*/5 * * * * *'

/** Sends what is due from now on, beside every sync and never in its way; null when nobody is to be notified. */
export async function startDeliveries(linkOf: DeliverTools['linkOf']): Promise<Cron | null> {
  const [db, config] = [openDatabase(), readConfiguration()]
  const receivers = makeReceivers(config)
  if (receivers.length === 0) return null
  await registerReceivers(db, config, new Date())
  const tools = deliverTools({ db, receivers, linkOf })
  log.info({ receivers: receivers.map(({ config: { id, kind } }) => ({ id, kind })) }, 'changes of health are notified')
  // Beside a send that takes long: its receiver's lease keeps that one alone, and the others are served.
  return new Cron(EVERY_FIVE_SECONDS, { timezone: 'UTC', unref: true }, () => deliverQuietly(tools))
}

async function deliverQuietly(tools: DeliverTools): Promise<void> {
  try {
    await deliverDue(tools)
  } catch (err) {
    // What is due stays so: a database that is away for a minute must not end it.
    log.error({ err }, 'notices could not be sent')
  }
}

/** Sends what is due once: for a program that syncs and ends. */
export async function deliverNow(linkOf: DeliverTools['linkOf']): Promise<void> {
  const receivers = makeReceivers(readConfiguration())
  if (receivers.length > 0) await deliverDue(deliverTools({ db: openDatabase(), receivers, linkOf }))
}

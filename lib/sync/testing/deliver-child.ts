import 'server-only'
import { ConfigFileSchema, toConfig } from '@/lib/config/schema'
import { openDb } from '@/lib/db/client'
import { setLogLevel } from '@/lib/log'
import { sampleEvent } from '@/lib/receivers/testing/sample-event'
import { deliverDue, deliverTools } from '@/lib/sync/deliver'
import { makeReceivers } from '@/lib/sync/receiver-adapters'
import { storeEvents } from '@/lib/sync/store-events'

// A process of its own that a test may kill: stores events (by their keys) and sends them, or stays silent after the
// commit: `tsx deliver-child.ts <database url> <configuration as JSON> <now> <keys> <send|silent>`.
const [url = '', configuration = '{}', now = '', keys = '', what = ''] = process.argv.slice(2)
setLogLevel('silent')
const db = openDb(url)
const config = toConfig(ConfigFileSchema.parse(JSON.parse(configuration)))
const at = new Date(now)
const events = keys.split(',').map((key) => sampleEvent({ key, evaluation: null, atMs: at.getTime() }))
await db.$transaction((tx) => storeEvents(tx, config, events, at))
process.stdout.write('stored\n')
const tools = deliverTools({ db, receivers: makeReceivers(config), linkOf: () => 'https://flakes.example.org/' })
if (what === 'send') await deliverDue({ ...tools, now: () => at })
else setInterval(() => {}, 60_000)

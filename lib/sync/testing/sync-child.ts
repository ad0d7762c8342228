import 'server-only'
import { ConfigFileSchema, toConfig } from '@/lib/config/schema'
import { openDb } from '@/lib/db/client'
import { setLogLevel } from '@/lib/log'
import { startSync } from '@/lib/sync/start-sync'

// A process of its own that a test may kill: `tsx sync-child.ts <database url> <configuration as JSON> <now>`.
const [url = '', configuration = '{}', now = ''] = process.argv.slice(2)
setLogLevel('silent')
const db = openDb(url)
const config = toConfig(ConfigFileSchema.parse(JSON.parse(configuration)))
const sync = await startSync({ trigger: 'command', who: null }, { db, config, now: () => new Date(now) })
if (sync.started) await sync.done
await db.$disconnect()
process.exitCode = sync.started ? 0 : 3

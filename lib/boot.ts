import 'server-only'
import { config, publicUrl } from '@/lib/config/config'
import { ConfigError } from '@/lib/config/faults'
import { eventPath } from '@/lib/contract/event-path'
import { migrate } from '@/lib/db/migrate'
import { EnvError, env } from '@/lib/env'
import { log, setLogLevel } from '@/lib/log'
import { startDeliveries } from '@/lib/sync/delivery-schedule'
import { startFirstSync } from '@/lib/sync/first-sync'
import { startSchedule } from '@/lib/sync/schedule'

/** Brings a server up: environment, configuration, database, schedule. Ends the process when one of them fails. */
export async function boot(): Promise<void> {
  try {
    await start()
  } catch (error) {
    logFailure(error)
    // Next would go on and answer 500 for ever.
    process.exit(1)
  }
}

async function start(): Promise<void> {
  const { DATABASE_URL, LOG_LEVEL } = env()
  setLogLevel(LOG_LEVEL)
  const { sources, caches, branches } = config()
  const migrations = await migrate(DATABASE_URL)
  log.info(
    { migrations, sources: sources.length, caches: caches.length, branches: branches.length },
    'configuration and database are ready',
  )
  await startDeliveries((event) => publicUrl() + eventPath(event))
  startSchedule()
  await startFirstSync()
}

function logFailure(error: unknown): void {
  if (error instanceof ConfigError || error instanceof EnvError) {
    for (const fault of error.faults) log.fatal(fault)
    return
  }
  log.fatal({ err: error }, 'the start failed')
}

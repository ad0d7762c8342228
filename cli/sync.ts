import { setTimeout as wait } from 'node:timers/promises'
import { config, publicUrl } from '@/lib/config/config'
import { eventPath } from '@/lib/contract/event-path'
import type { SyncRun } from '@/lib/contract/sync'
import { closeDb } from '@/lib/db/client'
import { migrate } from '@/lib/db/migrate'
import { setLogLevel } from '@/lib/log'
import { readSyncRun } from '@/lib/queries/sync-run'
import { deliverNow } from '@/lib/sync/delivery-schedule'
import { type SyncInput, startSync, UnknownSourceError } from '@/lib/sync/start-sync'
import { PROGRAM_ROOT, prepareEnvironment } from './environment'
import { runCommand } from './failure'
import { followSync } from './follow-sync'
import { makeProgress } from './progress'
import { parseSyncArguments, SYNC_USAGE } from './sync-arguments'
import { faultLines, summaryLine } from './sync-summary'
import { printable, say, tell } from './terminal'

const LOOK_MS = 500

async function main(): Promise<number> {
  const parsed = parseSyncArguments(process.argv.slice(2))
  if (parsed.kind === 'help') {
    say(SYNC_USAGE)
    return 0
  }
  if (parsed.kind === 'wrong') return wrongUse(parsed.reason)

  const { DATABASE_URL } = prepareEnvironment()
  config()
  // What a sync says of itself is on the progress bar; a fault of ours must still be told.
  setLogLevel('error')
  await migrate(DATABASE_URL, { root: PROGRAM_ROOT })
  try {
    const run = await runSync({ trigger: 'command', who: null, source: parsed.source, full: parsed.full })
    // Perhaps no server runs that would.
    await deliverNow((event) => publicUrl() + eventPath(event))
    return report(run)
  } catch (error) {
    if (error instanceof UnknownSourceError) return wrongUse(error.message)
    throw error
  } finally {
    await closeDb()
  }
}

async function runSync(input: SyncInput): Promise<SyncRun> {
  const progress = makeProgress()
  try {
    return await followSync(input, {
      start: startSync,
      read: readSyncRun,
      pause: () => wait(LOOK_MS),
      progress,
      onForeign: (run, id) => tell(foreignLine(run, id)),
    })
  } finally {
    progress.end()
  }
}

function foreignLine(run: SyncRun | null, id: string): string {
  const origin = run === null ? '' : `, started at ${run.startedAt} by ${printable(run.who ?? run.trigger)}`
  return `A sync runs already (${id}${origin}); following it.`
}

function report(run: SyncRun): number {
  for (const line of faultLines(run)) tell(line)
  say(summaryLine(run))
  return run.status === 'done' ? 0 : 1
}

function wrongUse(reason: string): number {
  tell(`${printable(reason)}\n\n${SYNC_USAGE}`)
  return 2
}

await runCommand(main)

import 'server-only'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { startInBackground } from './background'
import type { SyncInput } from './start-sync'

/** Starts a sync when none was ever tried, so that a new installation does not wait for the schedule. */
export async function startFirstSync(
  db: Db = openDatabase(),
  start: (input: SyncInput) => Promise<unknown> = startInBackground,
): Promise<void> {
  if ((await db.syncRun.count()) > 0) return
  await start({ trigger: 'schedule', who: null })
}

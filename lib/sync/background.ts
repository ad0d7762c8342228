import 'server-only'
import { log } from '@/lib/log'
import { type SyncInput, startSync } from './start-sync'

/** Starts a sync and returns at once with the id of the run: the one started, or the one that runs already. */
export async function startInBackground(input: SyncInput): Promise<{ started: boolean; id: string }> {
  const sync = await startSync(input)
  if (!sync.started) return sync
  sync.done.catch((err: unknown) => log.error({ err, run: sync.id }, 'the sync could not record its end'))
  return { started: true, id: sync.id }
}

import type { SyncRun } from '@/lib/contract/sync'
import type { StartedSync, SyncInput } from '@/lib/sync/start-sync'
import type { Progress } from './progress'

export interface FollowTools {
  readonly start: (input: SyncInput) => Promise<StartedSync>
  readonly read: (id: string) => Promise<SyncRun | null>
  /** Waits between two looks at the run. */
  readonly pause: () => Promise<void>
  readonly progress: Progress
  /** Told once about each run of another process that is followed. */
  readonly onForeign: (run: SyncRun | null, id: string) => void
}

/** Looks without any change after which the process that runs a sync may be dead: longer than its lease lives. */
const LOOKS_UNTIL_DOUBT = 150

/** Runs a sync, or follows the one that runs already, in whatever process, and returns the run once it has ended. */
export async function followSync(input: SyncInput, tools: FollowTools): Promise<SyncRun> {
  const named = new Set<string>()
  for (;;) {
    const sync = await tools.start(input)
    if (sync.started) return watchOwn(sync, tools)
    if (!named.has(sync.id)) tools.onForeign(await tools.read(sync.id), sync.id)
    named.add(sync.id)
    const ended = await watchForeign(sync.id, tools)
    if (ended !== null) return ended
    // Not moving: starting again takes a dead one's place, and changes nothing if it lives.
  }
}

async function watchOwn(sync: { id: string; done: Promise<unknown> }, tools: FollowTools): Promise<SyncRun> {
  const over = sync.done.then(() => true)
  while (!(await Promise.race([over, tools.pause().then(() => false)]))) {
    const run = await tools.read(sync.id)
    if (run !== null) tools.progress.show(run)
  }
  const run = await tools.read(sync.id)
  if (run === null) throw new Error(`The sync ${sync.id} left no trace in the database.`)
  return run
}

async function watchForeign(id: string, { read, pause, progress }: FollowTools): Promise<SyncRun | null> {
  let last = ''
  for (let looks = 0; looks < LOOKS_UNTIL_DOUBT; looks++) {
    const run = await read(id)
    if (run !== null && run.status !== 'running') return run
    if (run !== null) progress.show(run)
    const now = JSON.stringify(run)
    if (now !== last) looks = 0
    last = now
    await pause()
  }
  return null
}

import 'server-only'
import { metrics } from '@/lib/metrics/metrics'
import type { Source } from '@/lib/sources/source'
import { applyConfiguration } from './apply-configuration'
import { recordFault, reportProgress, type SyncContext } from './context'
import { planKeptDerivations, planShownDerivations } from './derivation-plan'
import { planRest, planShown, type WantedRun } from './evaluation-plan'
import { judgeEvents } from './judge-events'
import { keepCacheSums } from './keep-cache-sums'
import { listRuns } from './list-runs'
import { rebuildMatrix } from './rebuild-matrix'
import { syncDerivations } from './sync-derivations'
import { syncEvaluations } from './sync-evaluations'
import { awaitLocksAgain, syncLocks } from './sync-locks'
import { syncLogs } from './sync-logs'
import { syncPresence } from './sync-presence'
import { syncSuspects } from './sync-suspects'
import { syncUpstream } from './sync-upstream'

/**
 * One sync: first what makes the matrix usable (the newest evaluations of every branch, their lock files, derivations
 * and presence), then the backfill of history. Each step is driven by stored rows, so a run that dies anywhere is
 * completed by the next one.
 */
export async function runSync(context: SyncContext): Promise<void> {
  await applyConfiguration({ db: context.db, config: context.config, now: context.now() })
  if (context.isFull) await awaitLocksAgain(context)
  for (const source of context.sources) await attempt(context, source.id, () => listTimed(context, source))
  const shown = await planShown(context)
  await syncEvaluations(context, shown)
  await rebuild(context)
  // Before the lock files, which may spend the host's whole budget.
  await attempt(context, 'upstream', () => syncUpstream(context))
  await syncLocksOfAll(context, context.config.branches.length * 2)
  await syncDerivations(context, await planShownDerivations(context))
  await syncPresence(context)
  await rebuild(context)
  await backfill(context, shown)
}

/** How long a source takes to tell what is new tells how it does. */
async function listTimed(context: SyncContext, source: Source): Promise<void> {
  const end = metrics().sourceSeconds.startTimer({ source: source.id })
  await listRuns(context, source).finally(() => end())
}

async function backfill(context: SyncContext, shown: readonly WantedRun[]): Promise<void> {
  const left = await planRest(context, shown)
  await syncEvaluations(context, left)
  if (left.length > 0) await rebuild(context)
  const wanted = await planKeptDerivations(context)
  await syncDerivations(context, wanted)
  await syncLocksOfAll(context, null)
  if (wanted.length > 0) await syncPresence(context)
  await rebuild(context)
  // Once history is read as far as it can be: what is told stands.
  await judgeEvents(context)
  await keepCacheSums(context)
  await syncLogs(context)
  await syncSuspects(context)
}

async function syncLocksOfAll(context: SyncContext, atMost: number | null): Promise<void> {
  for (const source of context.sources) {
    await attempt(context, source.id, () => syncLocks(context, source.id, atMost))
  }
}

async function rebuild(context: SyncContext): Promise<void> {
  await reportProgress(context, { stage: 'matrix', source: null, done: 0, total: context.config.branches.length })
  await rebuildMatrix(context)
}

/** A failure of theirs ends the step, not the run. */
async function attempt(context: SyncContext, source: string, step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (error) {
    await recordFault(context, source, error)
  }
}

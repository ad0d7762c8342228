import 'server-only'
import type { FailureNode, ObservedEvaluation, Source } from '@/lib/sources/source'
import { chunksOf } from './chunks'
import { recordFault, reportProgress, type SyncContext } from './context'
import type { WantedRun } from './evaluation-plan'
import { storeEvaluation } from './store-evaluation'

/** How many are read before they are stored: the host's own limit is two requests at a time. */
const BATCH = 4

/** A run as read: its results, and the failure graph when some result failed because of an input. */
export interface ReadRun {
  readonly evaluation: ObservedEvaluation
  /** Null: it could not be read, and is asked for again. */
  readonly failures: readonly FailureNode[] | null
}

/** Reads the wanted runs and stores each in one transaction; a fault leaves the run wanted and stops no other. */
export async function syncEvaluations(context: SyncContext, wanted: readonly WantedRun[]): Promise<void> {
  let done = 0
  for (const batch of chunksOf(wanted, BATCH)) {
    const read = await Promise.all(batch.map(async (run) => ({ run, read: await readRun(context, run) })))
    for (const { run, read: observed } of read) {
      if (observed !== null) await storeEvaluation(context, run, observed)
      done += 1
      await reportProgress(context, { stage: 'evaluations', source: run.source, done, total: wanted.length })
    }
  }
}

async function readRun(context: SyncContext, run: WantedRun): Promise<ReadRun | null> {
  const source = context.sources.find(({ id }) => id === run.source)
  if (source === undefined) return null
  try {
    const evaluation = await source.readEvaluation(run.externalId)
    const isBlocked = evaluation.results.some(({ status }) => status === 'dependency-failed')
    return { evaluation, failures: isBlocked ? await readFailures(context, source, run.externalId) : [] }
  } catch (error) {
    await recordFault(context, run.source, error)
    return null
  }
}

async function readFailures(context: SyncContext, source: Source, externalId: string) {
  try {
    return await source.readFailures(externalId)
  } catch (error) {
    await recordFault(context, source.id, error)
    return null
  }
}

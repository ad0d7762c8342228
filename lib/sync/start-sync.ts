import 'server-only'
import { randomUUID } from 'node:crypto'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'
import { type Adapters, makeAdapters } from './adapters'
import { recordReason, type SyncContext, type SyncCounts, type SyncFault } from './context'
import { beatLease, releaseLease, takeLease } from './lease'
import { HEARTBEAT_MS, LeaseLostError } from './lease-row'
import { runSync } from './run-sync'

export interface SyncInput {
  readonly trigger: 'schedule' | 'command' | 'api' | 'button' | 'demo'
  readonly who: string | null
  /** Id of the one source to read; all of them when absent. */
  readonly source?: string | undefined
  readonly full?: boolean | undefined
}

export interface SyncOutcome {
  readonly status: 'done' | 'failed'
  readonly counts: Readonly<SyncCounts>
  readonly errors: readonly SyncFault[]
}

export type StartedSync =
  | { readonly started: true; readonly id: string; readonly done: Promise<SyncOutcome> }
  /** Another run holds the lease; `id` is that run. */
  | { readonly started: false; readonly id: string }

/** The caller names a source that the configuration does not have. */
export class UnknownSourceError extends Error {
  override readonly name = 'UnknownSourceError'
}

export interface SyncTools {
  readonly db?: Db
  readonly config?: Config
  readonly adapters?: (config: Config) => Adapters
  readonly now?: () => Date
}

/**
 * Starts a sync unless one runs already in any process. `done` settles when it has ended and does not reject for a
 * fault of an upstream: those are in `errors`. Throws `UnknownSourceError`.
 */
export async function startSync(input: SyncInput, tools: SyncTools = {}): Promise<StartedSync> {
  const { db = openDatabase(), config = readConfiguration(), now = () => new Date() } = tools
  if (input.source !== undefined && !config.sources.some(({ id }) => id === input.source)) {
    throw new UnknownSourceError(
      `There is no source "${input.source}". Configured: ${config.sources.map(({ id }) => id).join(', ')}.`,
    )
  }
  // Made before the lease is taken: a source that cannot be read must not hold it.
  const adapters = (tools.adapters ?? makeAdapters)(config)
  const id = randomUUID()
  const startedAt = now()
  const attempt = await takeLease(db, { id, trigger: input.trigger, who: input.who }, startedAt)
  if (!attempt.taken) return { started: false, id: attempt.runId }
  const stop = new AbortController()
  const context: SyncContext = {
    ...adapters,
    sources: adapters.sources.filter((source) => input.source === undefined || source.id === input.source),
    db,
    config,
    runId: id,
    isFull: input.full ?? false,
    isByPerson: input.trigger !== 'schedule',
    now,
    startedAt,
    counts: { evaluations: 0, results: 0, checks: 0 },
    faults: [],
    signal: stop.signal,
  }
  return { started: true, id, done: finishSync(context, stop) }
}

async function finishSync(context: SyncContext, stop: AbortController): Promise<SyncOutcome> {
  const heart = setInterval(() => {
    beatLease(context.db, context.runId, context.now()).catch((error: unknown) => {
      if (error instanceof LeaseLostError) stop.abort(error)
      else log.warn({ err: error, run: context.runId }, 'the lease could not be renewed')
    })
  }, HEARTBEAT_MS)
  try {
    await runSync(context)
    return await settle(context, context.faults.length === 0 ? 'done' : 'failed')
  } catch (error) {
    log.error({ err: error, run: context.runId }, 'the sync stopped on a fault of its own')
    const isOurs = !(error instanceof LeaseLostError)
    if (isOurs) await recordReason(context, { source: 'flakeboard', address: '', reason: reasonOf(error) })
    return await settle(context, 'failed')
  } finally {
    clearInterval(heart)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: the sync stopped; the server's log tells more.` : 'The sync stopped.'
}

function countSync({ now, startedAt, sources, faults }: SyncContext, result: SyncOutcome['status']): void {
  const { syncSeconds, sourceReads } = metrics()
  syncSeconds.observe({ result }, (now().getTime() - startedAt.getTime()) / 1000)
  for (const { id } of sources) {
    sourceReads.inc({ source: id, result: faults.some(({ source }) => source === id) ? 'failed' : 'done' })
  }
}

async function settle(context: SyncContext, status: 'done' | 'failed'): Promise<SyncOutcome> {
  const { db, runId, counts, faults } = context
  await db.syncRun.updateMany({
    where: { id: runId, status: 'running' },
    data: { ...counts, status, stage: null, source: null, finishedMs: BigInt(context.now().getTime()) },
  })
  await releaseLease(db, runId)
  countSync(context, status)
  log.info({ run: runId, status, ...counts, faults: faults.length }, 'sync ended')
  return { status, counts, errors: faults }
}

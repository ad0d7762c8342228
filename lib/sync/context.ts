import 'server-only'
import type { Cache } from '@/lib/caches/cache'
import type { Config } from '@/lib/config/schema'
import type { Db, Tx } from '@/lib/db/client'
import type { SyncStage } from '@/lib/domain/sync-stage'
import { UpstreamError } from '@/lib/net/errors'
import type { GithubCommits } from '@/lib/sources/github/compare'
import type { Source } from '@/lib/sources/source'
import type { LockReader, UpstreamReader } from './adapters'
import { beatLease } from './lease'
import type { QuestionTally } from './question-tally'

export interface SyncCounts {
  evaluations: number
  results: number
  checks: number
}

export interface SyncFault {
  readonly source: string
  readonly address: string
  readonly reason: string
}

/** Everything one run of the sync works with. The clock and the upstreams are handed in, so tests need no mocks. */
export interface SyncContext {
  readonly db: Db
  readonly config: Config
  readonly runId: string
  readonly sources: readonly Source[]
  readonly caches: readonly Cache[]
  readonly locks: ReadonlyMap<string, LockReader>
  readonly upstream: UpstreamReader
  readonly commits?: GithubCommits
  readonly questions?: QuestionTally
  /** Read again everything within `historyDays`. */
  readonly isFull: boolean
  /** A person or the command line asks: caches are asked regardless of `recheckMinutes`. */
  readonly isByPerson: boolean
  readonly now: () => Date
  readonly startedAt: Date
  readonly counts: SyncCounts
  readonly faults: SyncFault[]
  readonly signal: AbortSignal
}

/** Runs a write in one transaction that fails as a whole once the lease is lost. */
export async function writeFenced<T>(context: SyncContext, write: (tx: Tx) => Promise<T>): Promise<T> {
  context.signal.throwIfAborted()
  return context.db.$transaction(
    async (tx) => {
      await beatLease(tx, context.runId, context.now())
      return write(tx)
    },
    { timeout: TRANSACTION_MS, maxWait: TRANSACTION_MS },
  )
}

const TRANSACTION_MS = 120_000

/** Tells readers how far the run is. */
export async function reportProgress(
  context: SyncContext,
  progress: { stage: SyncStage; source: string | null; done: number; total: number },
): Promise<void> {
  context.signal.throwIfAborted()
  await context.db.syncRun.updateMany({
    where: { id: context.runId, status: 'running' },
    data: { ...progress, ...context.counts },
  })
}

/** Stores a failure of theirs on the run and goes on; anything else is a bug of ours and is thrown. */
export async function recordFault(context: SyncContext, source: string, error: unknown): Promise<void> {
  if (!(error instanceof UpstreamError)) throw error
  await recordReason(context, { source, address: error.address, reason: error.message })
}

export async function recordReason(context: SyncContext, fault: SyncFault): Promise<void> {
  context.faults.push(fault)
  const data = { runId: context.runId, ...fault, atMs: BigInt(context.now().getTime()) }
  await writeFenced(context, (tx) => tx.syncError.create({ data }))
}

import 'server-only'
import type { SourceConfig } from '@/lib/config/schema'
import { UpstreamError } from '@/lib/net/errors'
import type { LockAnswer } from '@/lib/sources/github/github'
import type { LockReader } from './adapters'
import { recordFault, recordReason, reportProgress, type SyncContext, writeFenced } from './context'
import { BRANCH_BY_ATTRIBUTE } from './run-branch'

/** A revision of the CI repository whose lock file is not read yet, and the input that names nixpkgs. */
interface WaitingLock {
  readonly ciRevision: string
  readonly branch: string
}

/**
 * Reads the nixpkgs revision of each evaluation from `flake.lock`, newest first. When the host's hourly budget is
 * spent the rest waits for the next run, and `/sync` says until when.
 */
export async function syncLocks(context: SyncContext, sourceId: string, atMost: number | null = null): Promise<void> {
  const source = context.config.sources.find(({ id }) => id === sourceId)
  const reader = context.locks.get(sourceId)
  if (source === undefined || reader === undefined) return
  if (await isHostResting(context, sourceId)) return
  const waiting = (await readWaiting(context, sourceId)).slice(0, atMost ?? undefined)
  let done = 0
  for (const lock of waiting) {
    if (!(await syncLock(context, source, reader, lock))) return
    done += 1
    await reportProgress(context, { stage: 'locks', source: sourceId, done, total: waiting.length })
  }
  await context.db.sourceState.updateMany({ where: { source: sourceId }, data: { locksRetryMs: null } })
}

async function isHostResting(context: SyncContext, source: string): Promise<boolean> {
  const state = await context.db.sourceState.findUnique({ where: { source }, select: { locksRetryMs: true } })
  return (state?.locksRetryMs ?? 0n) > BigInt(context.now().getTime())
}

async function readWaiting(context: SyncContext, source: string): Promise<WaitingLock[]> {
  const newest = await context.db.feed.findMany({ select: { evaluationId: true, runningId: true } })
  const shown = new Set(newest.flatMap(({ evaluationId, runningId }) => [evaluationId, runningId]))
  const waiting = await context.db.evaluation.findMany({
    where: { source, lock: 'waiting', branch: { not: BRANCH_BY_ATTRIBUTE } },
    select: { id: true, ciRevision: true, branch: true },
    orderBy: [{ startedMs: 'desc' }, { id: 'asc' }],
  })
  return [...waiting.filter(({ id }) => shown.has(id)), ...waiting.filter(({ id }) => !shown.has(id))]
}

/** Reads one lock file and stores it on every evaluation of that revision. False when the host asks to wait. */
async function syncLock(
  context: SyncContext,
  source: SourceConfig,
  reader: LockReader,
  { ciRevision, branch }: WaitingLock,
): Promise<boolean> {
  const waits = { source: source.id, ciRevision, branch, lock: 'waiting' }
  if ((await context.db.evaluation.count({ where: waits })) === 0) return true
  try {
    const lock = await reader.readLock(ciRevision, lockInputOf(source, branch))
    await writeFenced(context, (tx) => tx.evaluation.updateMany({ where: waits, data: toData(source, lock) }))
    if (lock.kind === 'unreadable') {
      await recordReason(context, { source: source.id, address: lock.address, reason: lock.reason })
    }
    return true
  } catch (error) {
    return handleFault(context, source.id, error)
  }
}

async function handleFault(context: SyncContext, source: string, error: unknown): Promise<boolean> {
  if (!(error instanceof UpstreamError) || error.kind !== 'rate-limited') {
    await recordFault(context, source, error)
    return true
  }
  const locksRetryMs = BigInt((error.retryAt ?? context.now()).getTime())
  await context.db.sourceState.updateMany({ where: { source }, data: { locksRetryMs } })
  return false
}

function toData(source: SourceConfig, lock: LockAnswer) {
  if (lock.kind === 'unreadable') return { lock: 'unreadable' }
  const isNamedByRef = source.kind === 'hercules-ci' && source.branchFrom === 'ref'
  return {
    lock: 'read',
    nixpkgsRevision: lock.revision,
    nixpkgsDateMs: BigInt(lock.date.getTime()),
    // Where the pushed ref says nothing, the lock's input tells which branch was built.
    ...(isNamedByRef ? {} : { ref: lock.ref }),
  }
}

/** `nixpkgs-{branch}` where one lock file serves all branches. */
function lockInputOf(source: SourceConfig, branch: string): string {
  const input = source.kind === 'hercules-ci' ? source.repository?.lockInput : null
  return (input ?? 'nixpkgs').replaceAll('{branch}', branch)
}

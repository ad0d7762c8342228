import 'server-only'
import type { SourceConfig } from '@/lib/config/schema'
import { UpstreamError } from '@/lib/net/errors'
import type { LockAnswer } from '@/lib/sources/github/github'
import type { LockReader } from './adapters'
import { recordFault, recordReason, reportProgress, type SyncContext, writeFenced } from './context'
import { noteFact } from './note-fact'
import { BRANCH_BY_ATTRIBUTE, isNamedByRef, NO_BRANCH } from './run-branch'

/** A revision of the CI repository whose lock file is not read yet, and the input that names nixpkgs. */
interface WaitingLock {
  readonly ciRevision: string
  readonly input: string
  readonly branches: readonly string[]
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
  const waiting = (await readWaiting(context, source)).slice(0, atMost ?? undefined)
  let done = 0
  for (const lock of waiting) {
    if (!(await syncLock(context, source, reader, lock))) return
    done += 1
    await reportProgress(context, { stage: 'locks', source: sourceId, done, total: waiting.length })
  }
  await storeRetry(context, sourceId, null)
}

/** A full sync asks again for what could not be read: a token may open what was not to be found. */
export async function awaitLocksAgain(context: SyncContext): Promise<void> {
  const where = { source: { in: context.sources.map(({ id }) => id) }, lock: 'unreadable' }
  await writeFenced(context, (tx) => tx.evaluation.updateMany({ where, data: { lock: 'waiting' } }))
}

async function isHostResting(context: SyncContext, source: string): Promise<boolean> {
  const state = await context.db.sourceState.findUnique({ where: { source }, select: { locksRetryMs: true } })
  return (state?.locksRetryMs ?? 0n) > BigInt(context.now().getTime())
}

async function storeRetry(context: SyncContext, source: string, locksRetryMs: bigint | null): Promise<void> {
  await writeFenced(context, (tx) =>
    tx.sourceState.upsert({ where: { source }, create: { source, locksRetryMs }, update: { locksRetryMs } }),
  )
}

/** What is shown first, then newest first; one file serves every evaluation of its revision that reads the same input. */
async function readWaiting({ db }: SyncContext, source: SourceConfig): Promise<WaitingLock[]> {
  const newest = await db.feed.findMany({ select: { evaluationId: true, runningId: true } })
  const shown = new Set(newest.flatMap(({ evaluationId, runningId }) => [evaluationId, runningId]))
  const waiting = await db.evaluation.findMany({
    where: { source: source.id, lock: 'waiting', branch: { notIn: [BRANCH_BY_ATTRIBUTE, NO_BRANCH] } },
    select: { id: true, ciRevision: true, branch: true },
    orderBy: [{ startedMs: 'desc' }, { id: 'asc' }],
  })
  const files = new Map<string, { ciRevision: string; input: string; branches: string[] }>()
  for (const { ciRevision, branch } of [...waiting].sort((a, b) => Number(shown.has(b.id)) - Number(shown.has(a.id)))) {
    const input = lockInputOf(source, branch)
    const key = JSON.stringify([ciRevision, input])
    const file = files.get(key) ?? { ciRevision, input, branches: [] }
    file.branches.push(branch)
    files.set(key, file)
  }
  return [...files.values()]
}

/** Reads one lock file and stores it on every evaluation of that revision. False when the host asks to wait. */
async function syncLock(
  context: SyncContext,
  source: SourceConfig,
  reader: LockReader,
  lock: WaitingLock,
): Promise<boolean> {
  try {
    await storeLock(context, source, lock, await reader.readLock(lock.ciRevision, lock.input))
    return true
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    if (error.kind === 'rate-limited') {
      await storeRetry(context, source.id, BigInt((error.retryAt ?? context.now()).getTime()))
      return false
    }
    // A revision never changes: what it has no lock file for today, it never will.
    const isFinal = error.kind === 'not-found'
    const { address, message: reason } = error
    if (isFinal) await storeLock(context, source, lock, { kind: 'unreadable', address, reason })
    else await recordFault(context, source.id, error)
    return true
  }
}

async function storeLock(
  context: SyncContext,
  source: SourceConfig,
  { ciRevision, branches }: WaitingLock,
  answer: LockAnswer,
): Promise<void> {
  const where = { source: source.id, ciRevision, branch: { in: [...branches] }, lock: 'waiting' }
  await writeFenced(context, async (tx) => {
    await tx.evaluation.updateMany({ where, data: toData(source, answer) })
    await noteFact(tx, context.now())
  })
  if (answer.kind === 'unreadable') {
    await recordReason(context, { source: source.id, address: answer.address, reason: answer.reason })
  }
}

function toData(source: SourceConfig, lock: LockAnswer) {
  if (lock.kind === 'unreadable') return { lock: 'unreadable' }
  return {
    lock: 'read',
    nixpkgsRevision: lock.revision,
    nixpkgsDateMs: BigInt(lock.date.getTime()),
    // Where the pushed ref says nothing, the lock's input tells which branch was built.
    ...(isNamedByRef(source) ? {} : { ref: lock.ref }),
  }
}

/** `nixpkgs-{branch}` where one lock file serves all branches. */
function lockInputOf(source: SourceConfig, branch: string): string {
  const input = source.kind === 'hercules-ci' ? source.repository?.lockInput : null
  return (input ?? 'nixpkgs').replaceAll('{branch}', branch)
}

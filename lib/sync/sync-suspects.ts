import 'server-only'
import { UpstreamError } from '@/lib/net/errors'
import { recordFault, reportProgress, type SyncContext, writeFenced } from './context'
import { noteFact } from './note-fact'
import { noteWaiting } from './note-waiting'
import { pruneRanges } from './prune-ranges'
import { readCommitFiles } from './read-commit-files'
import { type RangeOutcome, type RangeTools, readRange } from './read-range'
import { planGoodDerivations, planRanges, type WantedRange } from './suspect-plan'
import { syncDerivations } from './sync-derivations'

/** Ranges that one run reads: the budget of the host is shared with lock files. */
const RANGES_PER_RUN = 5

/**
 * Reads what suspects are told from, newest breakage first: the inputs of the last good builds, and the commits between
 * the last good and the first bad revision. Ends where the host asks to wait; the next run goes on from there.
 */
export async function syncSuspects(context: SyncContext): Promise<void> {
  const { commits, db, now } = context
  if (commits === undefined) return
  await syncDerivations(context, await planGoodDerivations(context))
  const tools: RangeTools = {
    db,
    commits,
    now,
    write: (write) =>
      writeFenced(context, async (tx) => {
        await write(tx)
        await noteFact(tx, now())
      }),
  }
  if (context.isFull) await awaitRangesAgain(context)
  const retryAt = await syncRanges(context, tools)
  await pruneRanges(context)
  await noteWaiting(context, 'ranges', { count: (await planRanges(db)).length, retryAt })
}

/** Reads the ranges of the newest breakage until the host's budget is spent; when it lets us go on, if it says so. */
async function syncRanges(context: SyncContext, tools: RangeTools): Promise<Date | null> {
  const asked = (await planRanges(context.db)).slice(0, RANGES_PER_RUN)
  for (const [done, range] of asked.entries()) {
    await reportProgress(context, { stage: 'suspects', source: null, done, total: asked.length })
    const { outcome, retryAt } = await syncRange(context, tools, range)
    if (outcome === 'spent') return retryAt
  }
  return null
}

/** A full sync asks again for what could not be told: a revision may have reached the host since. */
async function awaitRangesAgain(context: SyncContext): Promise<void> {
  await writeFenced(context, (tx) =>
    tx.nixpkgsRange.updateMany({ where: { state: 'unknown' }, data: { state: 'waiting', reason: null } }),
  )
}

interface ReadRange {
  readonly outcome: RangeOutcome
  readonly retryAt: Date | null
}

async function syncRange(context: SyncContext, tools: RangeTools, range: WantedRange): Promise<ReadRange> {
  try {
    const outcome = await readRange(tools, range)
    return { outcome: outcome === 'settled' ? await readCommitFiles(tools, range) : outcome, retryAt: null }
  } catch (error) {
    if (error instanceof UpstreamError && error.kind === 'rate-limited') {
      return { outcome: 'spent', retryAt: error.retryAt }
    }
    await recordFault(context, 'upstream', error)
    return { outcome: 'unfinished', retryAt: null }
  }
}

import 'server-only'
import { UpstreamError } from '@/lib/net/errors'
import { recordFault, type SyncContext, writeFenced } from './context'
import { noteFact } from './note-fact'
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
  for (const range of (await planRanges(db)).slice(0, RANGES_PER_RUN)) {
    if ((await syncRange(context, tools, range)) === 'spent') return
  }
}

/** A full sync asks again for what could not be told: a revision may have reached the host since. */
async function awaitRangesAgain(context: SyncContext): Promise<void> {
  await writeFenced(context, (tx) =>
    tx.nixpkgsRange.updateMany({ where: { state: 'unknown' }, data: { state: 'waiting', reason: null } }),
  )
}

async function syncRange(context: SyncContext, tools: RangeTools, range: WantedRange): Promise<RangeOutcome> {
  try {
    const outcome = await readRange(tools, range)
    return outcome === 'settled' ? await readCommitFiles(tools, range) : outcome
  } catch (error) {
    if (error instanceof UpstreamError && error.kind === 'rate-limited') return 'spent'
    await recordFault(context, 'upstream', error)
    return 'unfinished'
  }
}

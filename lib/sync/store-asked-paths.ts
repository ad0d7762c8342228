import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { nextPresence } from '@/lib/domain/presence-change'
import type { AskedOutput } from './presence-plan'
import type { Answer } from './probe-cache'

const KEPT_MS = 24 * 3_600_000
/** Rows at most, whoever asks how much; the oldest go first. */
const ROWS_MAX = 50_000
const KEYS = ['path', 'cache']
const ANSWERED = [
  ...['presence', 'firstSeenMs', 'lastSeenMs', 'missingSinceMs', 'checkedMs', 'lastPresence', 'lastCheckedMs'],
  'reason',
]
/** Known from the narinfo alone: any other answer leaves them as they are. */
const FROM_NARINFO = ['signedBy', 'narSize', 'fileSize']

/** Stores what a cache answered of paths that are no outputs of ours, and forgets what was not asked for in a day. */
export async function storeAskedPaths(
  tx: Tx,
  cache: string,
  { foreign, answers, now }: { foreign: readonly AskedOutput[]; answers: ReadonlyMap<number, Answer>; now: Date },
): Promise<void> {
  const rows = foreign.flatMap((asked) => {
    const answer = answers.get(asked.outputId)
    return answer === undefined ? [] : [{ answer, row: toRow(cache, asked, { answer, nowMs: now.getTime() }) }]
  })
  for (const isFromNarinfo of [true, false]) {
    const some = rows.filter(({ answer }) => answer.isFromNarinfo === isFromNarinfo).map(({ row }) => row)
    const update = isFromNarinfo ? [...ANSWERED, ...FROM_NARINFO] : ANSWERED
    const columns = [...KEYS, ...ANSWERED, ...FROM_NARINFO]
    await insertRows(tx, { table: 'AskedPath', columns, rows: some, onConflict: { keys: KEYS, update } })
  }
  await forgetOld(tx, now)
}

function toRow(cache: string, { path, known }: AskedOutput, { answer, nowMs }: { answer: Answer; nowMs: number }) {
  const next = nextPresence(known, answer.finding, nowMs)
  return [
    path,
    cache,
    presenceCode(next.presence),
    next.firstSeenMs,
    next.lastSeenMs,
    next.missingSinceMs,
    nowMs,
    next.lastPresence === null ? null : presenceCode(next.lastPresence),
    next.lastCheckedMs,
    answer.reason,
    answer.signedBy,
    answer.narSize,
    answer.fileSize,
  ]
}

async function forgetOld(tx: Tx, now: Date): Promise<void> {
  const kept = await tx.askedPath.findFirst({
    orderBy: [{ checkedMs: 'desc' }],
    skip: ROWS_MAX,
    select: { checkedMs: true },
  })
  const sinceMs = BigInt(now.getTime() - KEPT_MS)
  const oldestMs = kept !== null && kept.checkedMs > sinceMs ? kept.checkedMs : sinceMs
  await tx.askedPath.deleteMany({ where: { checkedMs: { lte: oldestMs } } })
}

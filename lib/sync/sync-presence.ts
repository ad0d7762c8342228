import 'server-only'
import type { Cache } from '@/lib/caches/cache'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { nextPresence } from '@/lib/domain/presence-change'
import { UpstreamError } from '@/lib/net/errors'
import { chunksOf } from './chunks'
import { recordReason, reportProgress, type SyncContext, writeFenced } from './context'
import { markCached } from './mark-cached'
import { noteFact } from './note-fact'
import { type AskedOutput, planPresence } from './presence-plan'
import { type Answer, type CacheHealth, probeCache } from './probe-cache'

/** Outputs per question and per transaction: what a crash may lose, and how often progress is seen. */
const BATCH = 500

/** Asks every configured cache what is due and stores presence with its history. */
export async function syncPresence(context: SyncContext): Promise<void> {
  for (const config of context.config.caches) {
    const cache = context.caches.find(({ id }) => id === config.id)
    if (cache === undefined) continue
    const due = await planPresence(context, config)
    if (due.length === 0) continue
    const health = await askHealth(context, cache)
    let done = 0
    for (const outputs of chunksOf(due, BATCH)) {
      await reportProgress(context, { stage: 'presence', source: cache.id, done, total: due.length })
      const answers = await probeCache(cache, health, outputs)
      await storeAnswers(context, cache.id, outputs, answers)
      done += outputs.length
      context.counts.checks += outputs.length
    }
  }
}

/** Reads `nix-cache-info`: a cache that refuses it refuses its users, whatever its other addresses say. */
async function askHealth(context: SyncContext, cache: Cache): Promise<CacheHealth> {
  const checkedMs = BigInt(context.now().getTime())
  try {
    const { storeDir, priority } = await cache.readInfo()
    await storeHealth(context, cache.id, { isAlive: true, reason: null, storeDir, priority, checkedMs })
    return { isAlive: true, reason: null }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    await recordReason(context, { source: cache.id, address: error.address, reason: error.message })
    await storeHealth(context, cache.id, { isAlive: false, reason: error.message, checkedMs })
    return { isAlive: false, reason: error.message }
  }
}

async function storeHealth(
  context: SyncContext,
  cache: string,
  health: {
    isAlive: boolean
    reason: string | null
    storeDir?: string | null
    priority?: number | null
    checkedMs: bigint
  },
): Promise<void> {
  await writeFenced(context, async (tx) => {
    const known = await tx.cacheState.findUnique({ where: { cache } })
    await tx.cacheState.upsert({ where: { cache }, create: { cache, ...health }, update: health })
    if (known?.isAlive !== health.isAlive || known.reason !== health.reason) await noteFact(tx, context.now())
  })
}

async function storeAnswers(
  context: SyncContext,
  cache: string,
  outputs: readonly AskedOutput[],
  answers: ReadonlyMap<number, Answer>,
): Promise<void> {
  const nowMs = context.now().getTime()
  const fromNarinfo: Row[] = []
  const fromBulk: Row[] = []
  const changes: Row[] = []
  for (const output of outputs) {
    const answer = answers.get(output.outputId)
    if (answer === undefined) continue
    const next = nextPresence(output.known, answer.finding, nowMs)
    const row = toRow(cache, output.outputId, next, answer)
    if (answer.isFromNarinfo) fromNarinfo.push(row)
    else fromBulk.push(row)
    if (next.presence !== output.known?.presence) {
      changes.push([output.outputId, cache, nowMs, presenceCode(next.presence)])
    }
  }
  await writeFenced(context, async (tx) => {
    await storePresences(tx, fromNarinfo, [...ANSWERED, ...FROM_NARINFO])
    await storePresences(tx, fromBulk, ANSWERED)
    await insertRows(tx, { table: 'PresenceChange', columns: CHANGE_COLUMNS, rows: changes, onConflict: 'ignore' })
    await markCached(tx, context.config, [...new Set(outputs.map(({ derivationId }) => derivationId))])
    if (changes.length > 0) await noteFact(tx, context.now())
  })
}

type Row = (string | number | null)[]

const CHANGE_COLUMNS = ['outputId', 'cache', 'atMs', 'presence']
const KEYS = ['outputId', 'cache']
const ANSWERED = [
  'presence',
  'firstSeenMs',
  'lastSeenMs',
  'missingSinceMs',
  'checkedMs',
  'lastPresence',
  'lastCheckedMs',
  'reason',
]
/** Known from the narinfo alone: any other answer leaves them as they are. */
const FROM_NARINFO = ['signedBy', 'narSize', 'fileSize']

function toRow(cache: string, outputId: number, next: ReturnType<typeof nextPresence>, answer: Answer): Row {
  return [
    outputId,
    cache,
    presenceCode(next.presence),
    next.firstSeenMs,
    next.lastSeenMs,
    next.missingSinceMs,
    next.checkedMs,
    next.lastPresence === null ? null : presenceCode(next.lastPresence),
    next.lastCheckedMs,
    answer.reason,
    answer.signedBy,
    answer.narSize,
    answer.fileSize,
  ]
}

async function storePresences(tx: Tx, rows: readonly Row[], update: readonly string[]): Promise<void> {
  const columns = [...KEYS, ...ANSWERED, ...FROM_NARINFO]
  await insertRows(tx, { table: 'Presence', columns, rows, onConflict: { keys: KEYS, update } })
}

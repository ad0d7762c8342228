import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { UpstreamError } from '@/lib/net/errors'
import type { Source } from '@/lib/sources/source'
import { makeAdapters } from './adapters'
import { type Asks, sharedAsks, takeAsk } from './ask-limits'
import { fetchLog, hasLogs } from './fetch-log'
import { findLogPlace } from './log-place'
import { storeLog } from './store-log'
import { within } from './within'

export type RefreshedLog =
  /** What the source has is stored now, be it nothing. */
  | { readonly kind: 'stored' }
  | { readonly kind: 'unknown-derivation' }
  /** Its source is not configured any more, or has no logs at all. */
  | { readonly kind: 'no-logs' }
  | { readonly kind: 'asked-too-often'; readonly retryAt: Date }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAt: Date | null }

export interface RefreshTools {
  readonly db?: Db
  readonly sources?: readonly Source[]
  readonly asks?: Asks
  readonly now?: () => Date
  readonly timeoutMs?: number
}

/** How long a person waits at most; what the source answers later is stored all the same. */
const TIMEOUT_MS = 25_000
/** A log that was not there is not asked for again so soon. */
const MISSING_MS = 10 * 60_000

/**
 * Reads the log of a derivation (by store path) as far as it is not stored yet, because somebody asks for it: within a
 * time limit, a limit per client, and the limits per host of every question to an upstream.
 */
export async function refreshLog(derivation: string, client: string, tools: RefreshTools = {}): Promise<RefreshedLog> {
  const { db = openDatabase(), asks = sharedAsks(), now = () => new Date(), timeoutMs = TIMEOUT_MS } = tools
  const wanted = await findLogPlace(db, derivation)
  if (wanted === null) return { kind: 'unknown-derivation' }
  const sources = tools.sources ?? makeAdapters(readConfiguration()).sources
  const source = sources.find(({ id }) => id === wanted.source)
  if (source === undefined || !hasLogs(source)) return { kind: 'no-logs' }
  if (await isStored(db, derivation, { logId: wanted.logId, now: now() })) return { kind: 'stored' }
  const retryAt = takeAsk(asks, client, now())
  if (retryAt !== null) return { kind: 'asked-too-often', retryAt }

  const work = fetchLog(db, source, wanted).then(async (read) => {
    if (read !== null) await db.$transaction((tx) => storeLog(tx, read, now()))
    return { kind: 'stored' } as const
  })
  const reason = 'the source takes long to answer; the log is shown once it is there'
  return within<RefreshedLog>(timeoutMs, work, { kind: 'unavailable', reason, retryAt: null }).catch(toUnavailable)
}

/** Nothing to ask for: all of the newest attempt's log is there, or it was found missing a moment ago. */
async function isStored(
  db: Db,
  derivation: string,
  { logId, now }: { logId: string | null; now: Date },
): Promise<boolean> {
  const logs = await db.log.findMany({
    where: { derivation, ...(logId === null ? {} : { logId }) },
    select: { state: true, fetchedMs: true },
  })
  const missingSinceMs = BigInt(now.getTime() - MISSING_MS)
  return logs.some(({ state, fetchedMs }) => {
    if (state === 'missing') return fetchedMs > missingSinceMs
    return state === 'done' || state === 'cut'
  })
}

function toUnavailable(error: unknown): RefreshedLog {
  if (!(error instanceof UpstreamError)) throw error
  return { kind: 'unavailable', reason: error.message, retryAt: error.retryAt }
}

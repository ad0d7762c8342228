import 'server-only'
import type { Config } from '@/lib/config/schema'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { type KnownPresence, nextPresence } from '@/lib/domain/presence-change'
import { markCached } from './mark-cached'
import { noteFact } from './note-fact'
import type { AskedOutput } from './presence-plan'
import type { Answer } from './probe-cache'

export interface Answered {
  readonly config: Config
  readonly cache: string
  readonly outputs: readonly AskedOutput[]
  readonly answers: ReadonlyMap<number, Answer>
  readonly now: Date
}

/** Stores what a cache answered of outputs: presence, its history, and what stands between derivations and readiness. */
export async function storeAnswers(tx: Tx, { config, cache, outputs, answers, now }: Answered): Promise<void> {
  const nowMs = now.getTime()
  const fromNarinfo: Row[] = []
  const fromBulk: Row[] = []
  const changes: Row[] = []
  const distrusted = await readDistrusted(tx, cache, outputs)
  for (const output of outputs) {
    const answer = answers.get(output.outputId)
    if (answer === undefined || (distrusted.has(output.outputId) && isByBulkAlone(answer))) continue
    const next = nextPresence(output.known, answer.finding, nowMs)
    const row = [output.outputId, cache, ...toAnswered(output, next, answer), ...toNarinfo(answer, nowMs)]
    if (answer.isFromNarinfo) fromNarinfo.push(row)
    else fromBulk.push(row)
    if (next.presence !== output.known?.presence) {
      changes.push([output.outputId, cache, nowMs, presenceCode(next.presence)])
    }
  }
  await storePresences(tx, fromNarinfo, [...ANSWERED, ...FROM_NARINFO])
  await storePresences(tx, fromBulk, ANSWERED)
  await insertRows(tx, { table: 'PresenceChange', columns: CHANGE_COLUMNS, rows: changes, onConflict: 'ignore' })
  await markCached(tx, config, [...new Set(outputs.map(({ derivationId }) => derivationId))])
  if (changes.length > 0) await noteFact(tx, now)
}

function isByBulkAlone({ finding, isFromNarinfo }: Answer): boolean {
  return finding === 'verified' && !isFromNarinfo
}

/** What was verified when it was asked about, and is no more: the keys have changed meanwhile, and bulk proves nothing. */
async function readDistrusted(tx: Tx, cache: string, outputs: readonly AskedOutput[]): Promise<ReadonlySet<number>> {
  const verified = outputs.filter(({ known }) => known?.lastPresence === 'cached').map(({ outputId }) => outputId)
  const lost = await tx.presence.findMany({
    where: { cache, outputId: { in: verified }, OR: [{ lastPresence: null }, { lastPresence: { not: CACHED } }] },
    select: { outputId: true },
  })
  return new Set(lost.map(({ outputId }) => outputId))
}

const CACHED = presenceCode('cached')

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
  'untrustedMs',
  'reason',
]
/** Known from the narinfo alone: any other answer leaves them as they are. */
const FROM_NARINFO = ['signedBy', 'narSize', 'fileSize', 'narinfoMs']

function toAnswered(output: AskedOutput, next: KnownPresence, answer: Answer): Row {
  return [
    presenceCode(next.presence),
    next.firstSeenMs,
    next.lastSeenMs,
    next.missingSinceMs,
    next.checkedMs,
    next.lastPresence === null ? null : presenceCode(next.lastPresence),
    next.lastCheckedMs,
    untrustedSince(output, next),
    answer.reason,
  ]
}

function toNarinfo({ isFromNarinfo, signedBy, narSize, fileSize }: Answer, nowMs: number): Row {
  return [signedBy, narSize, fileSize, isFromNarinfo ? nowMs : null]
}

/** Since when the narinfo is not trusted: through a cache that is out of reach, and no longer than it is there. */
function untrustedSince({ known, doubt }: AskedOutput, next: KnownPresence): number | null {
  if (next.lastPresence !== 'untrusted') return null
  return (known?.lastPresence === 'untrusted' ? doubt.untrustedMs : null) ?? next.lastCheckedMs
}

async function storePresences(tx: Tx, rows: readonly Row[], update: readonly string[]): Promise<void> {
  const columns = [...KEYS, ...ANSWERED, ...FROM_NARINFO]
  await insertRows(tx, { table: 'Presence', columns, rows, onConflict: { keys: KEYS, update } })
}

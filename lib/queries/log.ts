import 'server-only'
import { LOG_MATCHES_MAX, type Log, LogExcerptSchema, type LogParams, LogStateSchema } from '@/lib/contract/log'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { type KeptLine, unpackLines } from '@/lib/db/log-chunk'
import { plainText } from '@/lib/domain/log-text'
import type { ReadTools } from './matrix'
import { newestLog } from './newest-log'
import { storable } from './storable'
import { styledSpans } from './styled-spans'
import { isoOf } from './times'

/** A page of the newest stored log of a derivation, by store path; null when no such derivation is known. */
export async function readLog(derivation: string, params: LogParams, tools: ReadTools = {}): Promise<Log | null> {
  const { db = openDatabase() } = tools
  const path = storable(derivation)
  const log = await newestLog(db, path)
  if (log === null) return (await isKnown(db, path)) ? unread(path, params) : null
  const lines = await readLines(db, log.id, params)
  const last = lines.at(-1)?.[0] ?? log.lastNumber
  return {
    derivation: path,
    state: LogStateSchema.parse(log.state),
    source: log.source,
    logId: log.logId === '' ? null : log.logId,
    fetchedAt: isoOf(log.fetchedMs),
    lineCount: log.lineCount,
    lastNumber: log.lastNumber,
    excerpt: log.excerpt === null ? null : LogExcerptSchema.parse(JSON.parse(log.excerpt)),
    lines: lines.map(([number, text]) => ({ number, text: plainText(text), spans: styledSpans(text) })),
    next: last < log.lastNumber ? last + 1 : null,
    matches: params.q === null ? null : await readMatches(db, log.id, params.q),
  }
}

function unread(derivation: string, { q }: LogParams): Log {
  const nothing = { source: null, logId: null, fetchedAt: null, lineCount: 0, lastNumber: 0, excerpt: null }
  return { derivation, state: 'unread', ...nothing, lines: [], next: null, matches: q === null ? null : [] }
}

async function isKnown(db: Db, path: string): Promise<boolean> {
  const stored = await db.derivation.findUnique({ where: { path }, select: { id: true } })
  return stored !== null || (await db.cause.findFirst({ where: { derivation: path } })) !== null
}

async function readLines(db: Db, log: number, { from, limit }: LogParams): Promise<readonly KeptLine[]> {
  const lines: KeptLine[] = []
  for await (const chunk of chunksFrom(db, log, from)) {
    lines.push(...chunk.filter(([number]) => number >= from))
    if (lines.length >= limit) break
  }
  return lines.slice(0, limit)
}

async function readMatches(db: Db, log: number, q: string): Promise<number[]> {
  const wanted = q.toLowerCase()
  const matches: number[] = []
  for await (const chunk of chunksFrom(db, log, 1)) {
    for (const [number, text] of chunk) if (plainText(text).toLowerCase().includes(wanted)) matches.push(number)
    if (matches.length >= LOG_MATCHES_MAX) break
  }
  return matches.slice(0, LOG_MATCHES_MAX)
}

/** The chunks of a log that hold lines from a number on, one at a time: a log may be larger than what is wanted of it. */
async function* chunksFrom(db: Db, log: number, from: number): AsyncGenerator<readonly KeptLine[]> {
  let next = from
  for (;;) {
    const where = { log, lastNumber: { gte: next } }
    const chunk = await db.logChunk.findFirst({ where, orderBy: { firstNumber: 'asc' } })
    if (chunk === null) return
    yield unpackLines(chunk.lines)
    next = chunk.lastNumber + 1
  }
}

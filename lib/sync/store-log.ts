import 'server-only'
import type { Tx } from '@/lib/db/client'
import { packLines, unpackLines } from '@/lib/db/log-chunk'
import { type LogLine, logExcerpt } from '@/lib/domain/log-excerpt'
import { chunksOf } from './chunks'
import type { CollectedLog, LogPlace } from './collect-log'
import { noteFact } from './note-fact'

const LINES_PER_CHUNK = 1_000

export interface ReadLog extends LogPlace {
  readonly source: string
  /** Null: the source has no such log. */
  readonly log: CollectedLog | null
}

/**
 * Adds what was read of a log to what is stored of it, and picks the excerpt anew. Lines that are there already are left
 * out, so that two who read the same log at the same time store it once.
 */
export async function storeLog(tx: Tx, read: ReadLog, now: Date): Promise<void> {
  const { derivation, logId, source, log } = read
  const fetchedMs = BigInt(now.getTime())
  const unread = { derivation, logId, source, state: 'reading', lineCount: 0, lastNumber: 0, fetchedMs }
  // First of all: on PostgreSQL this row is what a second writer waits for.
  const stored = await tx.log.upsert({
    where: { derivation_logId: { derivation, logId } },
    create: unread,
    update: { fetchedMs },
  })
  if (log === null) {
    if (stored.lineCount === 0) await tx.log.update({ where: { id: stored.id }, data: { state: 'missing' } })
    return
  }
  const fresh = log.lines.filter(({ number }) => number > stored.lastNumber)
  await addChunks(tx, stored.id, fresh)
  const excerpt = fresh.length === 0 ? {} : { excerpt: JSON.stringify(logExcerpt(await readLines(tx, stored.id))) }
  await tx.log.update({
    where: { id: stored.id },
    data: {
      ...excerpt,
      state: stateOf(log, stored.state),
      lineCount: stored.lineCount + fresh.length,
      lastNumber: fresh.at(-1)?.number ?? stored.lastNumber,
    },
  })
  await noteFact(tx, now)
}

function stateOf({ isDone, isCut }: CollectedLog, before: string): string {
  if (isCut || before === 'cut') return 'cut'
  return isDone ? 'done' : 'reading'
}

async function addChunks(tx: Tx, log: number, lines: readonly LogLine[]): Promise<void> {
  for (const chunk of chunksOf(lines, LINES_PER_CHUNK)) {
    const [firstNumber, lastNumber] = [chunk[0]?.number ?? 0, chunk.at(-1)?.number ?? 0]
    const packed = packLines(chunk.map(({ number, text }) => [number, text]))
    await tx.logChunk.create({ data: { log, firstNumber, lastNumber, lines: packed } })
  }
}

async function readLines(tx: Tx, log: number): Promise<LogLine[]> {
  const chunks = await tx.logChunk.findMany({ where: { log }, orderBy: { firstNumber: 'asc' } })
  return chunks.flatMap(({ lines }) => unpackLines(lines).map(([number, text]) => ({ number, text })))
}

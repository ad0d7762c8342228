import 'server-only'
import type { Db } from '@/lib/db/client'
import type { Source } from '@/lib/sources/source'
import { collectLog, LOG_LINES_MAX } from './collect-log'
import { readLogId, type WantedLog } from './log-place'
import type { ReadLog } from './store-log'

/** A source that has logs. */
export type LogSource = Pick<Source, 'id' | 'readDerivation'> & Required<Pick<Source, 'readLog'>>

export function hasLogs(source: Source): source is Source & LogSource {
  return source.readLog !== undefined
}

/** Asks a source for what is not stored yet of a log; null when all of it is stored. Throws `UpstreamError`. */
export async function fetchLog(db: Db, source: LogSource, wanted: WantedLog): Promise<ReadLog | null> {
  const { derivation } = wanted
  const logId = await readLogId(source, wanted)
  if (logId === null) return { derivation, logId: '', source: source.id, log: null }
  const stored = await db.log.findUnique({ where: { derivation_logId: { derivation, logId } } })
  if (stored?.state === 'done' || stored?.state === 'cut') return null
  const bounds = {
    from: (stored?.lastNumber ?? 0) + 1,
    linesMax: Math.max(0, LOG_LINES_MAX - (stored?.lineCount ?? 0)),
  }
  return { derivation, logId, source: source.id, log: await collectLog(source, { derivation, logId }, bounds) }
}

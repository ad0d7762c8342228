import 'server-only'
import type { Log } from '@/lib/contract/log'
import { LOG_PAGE_LINES, logPageOf } from '@/lib/contract/paths'
import { readLog } from '@/lib/queries/log'

export interface LogPageRead {
  readonly log: Log
  readonly from: number
}

/** A page of a log. A search that names no page leads to that of its first match. */
export async function readLogPage(
  derivation: string,
  { from, q }: { from: number | null; q: string | null },
): Promise<LogPageRead | null> {
  const asked = from ?? 1
  const log = await readLog(derivation, { from: asked, limit: LOG_PAGE_LINES, q })
  if (log === null) return null
  const match = from === null ? log.matches?.at(0) : undefined
  const isHere = match === undefined || match <= (log.lines.at(-1)?.number ?? match)
  if (isHere) return { log, from: asked }
  const moved = await readLog(derivation, { from: logPageOf(match), limit: LOG_PAGE_LINES, q })
  return moved && { log: moved, from: logPageOf(match) }
}

import 'server-only'
import type { LogLine } from '@/lib/domain/log-excerpt'
import { styledText } from '@/lib/domain/log-text'
import type { LogPart, Source } from '@/lib/sources/source'

/** Lines of one log that are kept; of a longer one its beginning and, more of it, its end, where failures stand. */
export const LOG_LINES_MAX = 100_000
const FIRST_LINES = 20_000
const CHARACTERS_MAX = 8_000
/** Questions for one log: an answer may hold a part only. */
const PARTS_MAX = 50

export interface LogPlace {
  readonly derivation: string
  readonly logId: string
}

export interface CollectedLog {
  readonly lines: readonly LogLine[]
  readonly isDone: boolean
  /** Lines were left out, or more than were asked for would come. */
  readonly isCut: boolean
}

/** A log's lines from a number on, in as many questions as it takes, cleaned for keeping; null when there is no such log. */
export async function collectLog(
  source: Required<Pick<Source, 'readLog'>>,
  { derivation, logId }: LogPlace,
  { from, linesMax = LOG_LINES_MAX }: { from: number; linesMax?: number },
): Promise<CollectedLog | null> {
  const lines: LogLine[] = []
  let isDone = false
  let next = from
  for (let parts = 0; parts < PARTS_MAX && !isDone; parts += 1) {
    const part: LogPart | null = await source.readLog(derivation, logId, next)
    if (part === null) return null
    for (const { number, text } of part.lines) lines.push({ number, text: cleanText(text) })
    isDone = part.isDone
    const last = part.lines.at(-1)
    if (last === undefined) break
    next = last.number + 1
  }
  return { lines: keepEnds(lines, linesMax), isDone, isCut: lines.length > linesMax }
}

function cleanText(text: string): string {
  return styledText(text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX)} …` : text)
}

function keepEnds(lines: readonly LogLine[], linesMax: number): readonly LogLine[] {
  if (lines.length <= linesMax) return lines
  const first = Math.min(FIRST_LINES, Math.floor(linesMax / 5))
  return [...lines.slice(0, first), ...lines.slice(lines.length - (linesMax - first))]
}

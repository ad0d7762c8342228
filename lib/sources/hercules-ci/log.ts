import 'server-only'
import type { LogPart } from '@/lib/sources/source'
import type { Log } from './schema'

// Hercules CI counts lines from 0, people and their editors from 1.
const FIRST_NUMBER = 1

/** Hercules CI's own number of a line of ours. */
export function firstIndex(from: number): number {
  return Math.max(0, from - FIRST_NUMBER)
}

/** The lines of an answer from number `from` on: whether `iMin` itself is among them is not published. */
export function toLogPart(log: Log, from: number): LogPart {
  const texts = new Map<number, string>()
  for (const { i, t } of log.lines) {
    const number = i + FIRST_NUMBER
    if (number >= from) texts.set(number, t)
  }
  const lines = [...texts].map(([number, text]) => ({ number, text })).sort((a, b) => a.number - b.number)
  return { lines, isDone: log.done }
}

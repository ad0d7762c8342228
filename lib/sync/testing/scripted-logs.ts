import 'server-only'
import type { Db } from '@/lib/db/client'
import { UpstreamError, type UpstreamErrorKind } from '@/lib/net/errors'
import type { BuildAttempt, LogPart, Source } from '@/lib/sources/source'
import { startSync } from '@/lib/sync/start-sync'
import { adaptersOf, type ScriptedWorld } from './scripted-world'
import { BY_SCHEDULE, scriptedConfig } from './sync-once'

/** Logs that a scripted source has, by store path of the derivation: the newest attempt's id, and its lines by number. */
export interface ScriptedLogs {
  readonly attempts: Map<string, string>
  readonly lines: Map<string, { number: number; text: string }[]>
  /** Ids of logs that are still written. */
  readonly open: Set<string>
  /** Questions for lines, as `log from`. */
  readonly requests: string[]
  /** Lines in one answer. */
  partSize: number
  fault: UpstreamErrorKind | null
}

export function scriptedLogs(): ScriptedLogs {
  return { attempts: new Map(), lines: new Map(), open: new Set(), requests: [], partSize: 1_000_000, fault: null }
}

/** Texts as lines of a log, numbered from `first` on. */
export function numbered(texts: readonly string[], first = 1): { number: number; text: string }[] {
  return texts.map((text, index) => ({ number: first + index, text }))
}

/** The source of a scripted world, with logs. */
export function sourceWithLogs(world: ScriptedWorld, logs: ScriptedLogs): Source {
  const [source] = adaptersOf(world).sources
  if (source === undefined) throw new Error('a scripted world has a source')
  return {
    ...source,
    readDerivation: async (path, via) => {
      const observed = await source.readDerivation(path, via)
      const logId = logs.attempts.get(path)
      return logId === undefined ? observed : { ...observed, attempts: [attemptWith(logId)] }
    },
    readLog: async (_, logId, from) => readPart(logs, logId, from),
  }
}

/** A whole sync of a world whose source has logs. */
export async function syncWithLogs(db: Db, world: ScriptedWorld, logs: ScriptedLogs) {
  const adapters = () => ({ ...adaptersOf(world), sources: [sourceWithLogs(world, logs)] })
  const sync = await startSync(BY_SCHEDULE, { db, config: scriptedConfig(), adapters, now: () => world.clock })
  if (!sync.started) throw new Error(`the sync ${sync.id} runs already`)
  return sync.done
}

function attemptWith(logId: string): BuildAttempt {
  return { logId, host: null, startedAt: null, endedAt: null, status: 'failed', technicalError: null }
}

function readPart(logs: ScriptedLogs, logId: string, from: number): LogPart | null {
  logs.requests.push(`${logId} ${from}`)
  if (logs.fault !== null) throw new UpstreamError(logs.fault, `scripted:log ${logId}`, `scripted ${logs.fault}`)
  const lines = logs.lines.get(logId)
  if (lines === undefined) return null
  const left = lines.filter(({ number }) => number >= from)
  return { lines: left.slice(0, logs.partSize), isDone: left.length <= logs.partSize && !logs.open.has(logId) }
}

import 'server-only'
import { statusCode } from '@/lib/domain/status'
import { recordFault, reportProgress, type SyncContext, writeFenced } from './context'
import { fetchLog, hasLogs } from './fetch-log'
import type { WantedLog } from './log-place'
import { noteWaiting } from './note-waiting'
import { storeLog } from './store-log'

/** Logs that one run of the sync reads; the rest waits for the next ones. */
const LOGS_PER_RUN = 20

/** Reads the logs of what breaks the branches now, newest evaluations first, so that lists can show why. */
export async function syncLogs(context: SyncContext): Promise<void> {
  const waiting = await planLogs(context)
  const asked = waiting.slice(0, LOGS_PER_RUN)
  let read = 0
  for (const [done, wanted] of asked.entries()) {
    await reportProgress(context, { stage: 'logs', source: wanted.source, done, total: asked.length })
    read += Number(await syncLog(context, wanted))
  }
  await noteWaiting(context, 'logs', { count: waiting.length - read, retryAt: null })
}

/** Reads one log; false when a fault keeps it for the next run. */
async function syncLog(context: SyncContext, wanted: WantedLog): Promise<boolean> {
  const source = context.sources.find(({ id }) => id === wanted.source)
  if (source === undefined || !hasLogs(source)) return false
  try {
    const read = await fetchLog(context.db, source, wanted)
    if (read !== null) await writeFenced(context, (tx) => storeLog(tx, read, context.now()))
    return true
  } catch (error) {
    await recordFault(context, wanted.source, error)
    return false
  }
}

/** The root causes of what is broken in the shown evaluations and failed by itself, if their logs are not read yet. */
async function planLogs(context: SyncContext): Promise<WantedLog[]> {
  const feeds = await context.db.feed.findMany({
    where: { evaluationId: { not: null } },
    select: { evaluationId: true },
  })
  const shown = await context.db.evaluation.findMany({
    where: { id: { in: feeds.flatMap(({ evaluationId }) => evaluationId ?? []) } },
    select: { id: true, source: true, externalId: true },
    orderBy: [{ startedMs: 'desc' }, { id: 'asc' }],
  })
  const readable = new Set(context.sources.filter(hasLogs).map(({ id }) => id))
  const wanted = new Map<string, WantedLog>()
  for (const evaluation of shown.filter(({ source }) => readable.has(source))) {
    for (const derivation of await failedRoots(context, evaluation.id)) {
      if (wanted.has(derivation)) continue
      const { source, externalId: viaExternalId } = evaluation
      wanted.set(derivation, { derivation, source, viaExternalId, logId: null })
    }
  }
  return withoutRead(context, [...wanted.values()])
}

async function failedRoots(context: SyncContext, evaluationId: number): Promise<string[]> {
  const causes = await context.db.cause.findMany({
    where: {
      evaluationId,
      derivation: { not: null },
      status: { in: [statusCode('failed'), statusCode('timed-out')] },
    },
    select: { derivation: true },
    distinct: ['derivation'],
    orderBy: [{ derivation: 'asc' }],
  })
  return causes.flatMap(({ derivation }) => derivation ?? [])
}

/** Of a derivation whose newest attempt is known that attempt's log counts, else any. A missing one is not asked for again. */
async function withoutRead(context: SyncContext, wanted: readonly WantedLog[]): Promise<WantedLog[]> {
  const paths = wanted.map(({ derivation }) => derivation)
  const known = await context.db.derivation.findMany({
    where: { path: { in: paths }, logId: { not: null } },
    select: { path: true, logId: true },
  })
  const logIds = new Map(known.map(({ path, logId }) => [path, logId]))
  const read = await context.db.log.findMany({
    where: { derivation: { in: paths }, state: { not: 'reading' } },
    select: { derivation: true, logId: true },
  })
  return wanted
    .map((one) => ({ ...one, logId: logIds.get(one.derivation) ?? null }))
    .filter(
      ({ derivation, logId }) =>
        !read.some((log) => log.derivation === derivation && (logId ?? log.logId) === log.logId),
    )
}

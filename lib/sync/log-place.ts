import 'server-only'
import type { Db } from '@/lib/db/client'
import type { ObservedDerivation, Source } from '@/lib/sources/source'

/** Where the log of a derivation can be asked for: a run of a source that has it, and the id of the log once known. */
export interface WantedLog {
  readonly derivation: string
  readonly source: string
  readonly viaExternalId: string
  readonly logId: string | null
}

/** Where to ask for the log of a derivation (by store path), as the stored runs tell; null when none has it. */
export async function findLogPlace(db: Db, derivation: string): Promise<WantedLog | null> {
  const stored = await db.derivation.findUnique({ where: { path: derivation }, select: { id: true, logId: true } })
  const run = (stored && (await newestRunWith(db, stored.id))) ?? (await newestRunBlockedBy(db, derivation))
  if (run === null) return null
  return { derivation, source: run.source, viaExternalId: run.externalId, logId: stored?.logId ?? null }
}

async function newestRunWith(db: Db, derivationId: number) {
  const result = await db.result.findFirst({
    where: { derivationId },
    select: { evaluation: { select: { source: true, externalId: true } } },
    orderBy: { evaluation: { startedMs: 'desc' } },
  })
  return result?.evaluation ?? null
}

// A root cause is often no attribute of its own.
async function newestRunBlockedBy(db: Db, derivation: string) {
  const cause = await db.cause.findFirst({ where: { derivation }, orderBy: { evaluationId: 'desc' } })
  if (cause === null) return null
  return db.evaluation.findUnique({
    where: { id: cause.evaluationId },
    select: { source: true, externalId: true },
  })
}

/** The id of the log of the newest attempt that has one; null: none was ever started, so there is no log. */
export async function readLogId(source: Pick<Source, 'readDerivation'>, wanted: WantedLog): Promise<string | null> {
  if (wanted.logId !== null) return wanted.logId
  const { attempts }: ObservedDerivation = await source.readDerivation(wanted.derivation, wanted.viaExternalId)
  return attempts.findLast(({ logId }) => logId !== null)?.logId ?? null
}

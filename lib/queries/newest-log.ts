import 'server-only'
import type { Db } from '@/lib/db/client'

/** The stored log of the newest attempt at a derivation; of several that are stored, the one read last where none is known to be. */
export async function newestLog(db: Db, derivation: string) {
  const known = await db.derivation.findUnique({ where: { path: derivation }, select: { logId: true } })
  const logs = await db.log.findMany({ where: { derivation }, orderBy: [{ fetchedMs: 'desc' }, { id: 'desc' }] })
  return logs.find(({ logId }) => logId === known?.logId) ?? logs.find(({ logId }) => logId !== '') ?? logs[0] ?? null
}

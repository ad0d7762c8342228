import 'server-only'
import { type SyncContext, writeFenced } from './context'

/** What the next syncs go on with, beside lock files. */
export type WaitingKind = 'logs' | 'ranges'

/** Tells readers how much of a kind is left to read, and when the host lets us go on, where it said. */
export async function noteWaiting(
  context: SyncContext,
  kind: WaitingKind,
  { count, retryAt }: { readonly count: number; readonly retryAt: Date | null },
): Promise<void> {
  const key = `waiting ${kind}`
  const value = JSON.stringify({ count, retryMs: count === 0 ? null : (retryAt?.getTime() ?? null) })
  const known = await context.db.meta.findUnique({ where: { key } })
  if (known?.value === value) return
  await writeFenced(context, (tx) => tx.meta.upsert({ where: { key }, create: { key, value }, update: { value } }))
}

import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { Breakage } from '@/lib/domain/breakage'
import { type CauseSignature, signatureOf, withKnownSystem } from '@/lib/domain/triage'
import { type Settle, toSeenCause } from './read-seen'

/** Gives causes the systems that triage knows for them. */
export async function readSettle(tx: Tx): Promise<Settle> {
  const stored = await tx.triage.findMany({ where: { kind: 'build' }, select: { name: true, system: true } })
  const byName = new Map<string, CauseSignature[]>()
  for (const { name, system } of stored) {
    byName.set(name, [...(byName.get(name) ?? []), { kind: 'build', name, system }])
  }
  return (signature) => withKnownSystem(signature, byName.get(signature.name) ?? [])
}

export interface SettledBreakages {
  readonly breakages: readonly Breakage[]
  /** Keys of causes whose system has become known. */
  readonly renamed: ReadonlyMap<string, string>
}

/** Breakages under the keys that their causes have now. Of two that become one, what was told counts. */
export function settleBreakages(stored: readonly Breakage[], settle: Settle): SettledBreakages {
  const renamed = new Map<string, string>()
  const breakages = new Map<string, Breakage>()
  for (const breakage of stored) {
    const cause = settleCause(breakage, settle)
    if (cause.key !== breakage.cause.key) renamed.set(breakage.cause.key, cause.key)
    const place = JSON.stringify([breakage.row, cause.key])
    if (breakages.get(place)?.isTold !== true) breakages.set(place, { ...breakage, cause })
  }
  return { breakages: [...breakages.values()], renamed }
}

function settleCause({ cause }: Breakage, settle: Settle) {
  const { derivation, name, status, system } = cause
  const isSame = settle(signatureOf(cause, system)).system === system
  return isSame ? cause : toSeenCause({ derivation, name, status }, system, settle)
}

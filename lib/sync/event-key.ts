import 'server-only'
import { createHash } from 'node:crypto'
import type { HealthEvent } from '@/lib/domain/health-event'
import { signatureOf, signatureText } from '@/lib/domain/triage'

const KEY_LENGTH = 22

/** An event before it has a key. */
export type UnkeyedEvent = Omit<HealthEvent, 'key'>

/**
 * The public, opaque key of an event: the same whoever computes it, from what it tells. `time` tells apart what may happen
 * to the same evaluation twice.
 */
export function eventKey({ kind, branch, cause, evaluation, packages, atMs }: UnkeyedEvent, time: number): string {
  // Without its system, which may become known later.
  const signature = cause === null ? null : signatureText(signatureOf(cause, null))
  const seen = [evaluation ?? atMs, packages.toSorted(), ...(time === 0 ? [] : [time])]
  const facts = [kind, branch, signature, ...seen]
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, KEY_LENGTH)
}

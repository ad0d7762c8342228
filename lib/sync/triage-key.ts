import 'server-only'
import { createHash } from 'node:crypto'
import { type CauseSignature, signatureText } from '@/lib/domain/triage'

const KEY_LENGTH = 22

/** The public, opaque key of a cause: the same whoever computes it. */
export function triageKey(signature: CauseSignature): string {
  return createHash('sha256').update(signatureText(signature)).digest('base64url').slice(0, KEY_LENGTH)
}

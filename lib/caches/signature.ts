import 'server-only'
import { verify } from 'node:crypto'
import { decodeBase64 } from './base64'
import { hashToNix32 } from './hash'
import type { Narinfo } from './narinfo'
import type { PublicKeys } from './public-keys'
import { printStorePath } from './store-path'

export type SignatureResult = 'valid' | 'invalid' | 'unknown-key' | 'malformed'

export interface CheckedSignature {
  /** As the signature states it; null when it states none. */
  readonly keyName: string | null
  readonly result: SignatureResult
}

/** What all signatures of a narinfo come to; `none` when it has none. */
export interface SignatureVerdict {
  readonly state: SignatureResult | 'none'
  /** Name of a trusted key that verified, or null. */
  readonly signedBy: string | null
}

const SIGNATURE_BYTES = 64

/** The text that a cache signs: path, NAR hash and size, and the references as a sorted set of full paths. */
export function fingerprintOf({ storePath, narHash, narSize, references }: Narinfo): string {
  // Base names are ASCII, so JavaScript's order of code units is the order of bytes.
  const paths = [...new Set(references)].sort().map((reference) => `${storePath.storeDir}/${reference}`)
  return `1;${printStorePath(storePath)};${hashToNix32(narHash)};${narSize};${paths.join(',')}`
}

/** One `Sig` line against the keys that are trusted. */
export function checkSignature(signature: string, fingerprint: string, keys: PublicKeys): CheckedSignature {
  const colon = signature.indexOf(':')
  if (colon <= 0) return { keyName: null, result: 'malformed' }
  const keyName = signature.slice(0, colon)
  const bytes = decodeBase64(signature.slice(colon + 1))
  if (bytes?.length !== SIGNATURE_BYTES) return { keyName, result: 'malformed' }
  const key = keys.get(keyName)
  if (key === undefined) return { keyName, result: 'unknown-key' }
  return { keyName, result: verify(null, Buffer.from(fingerprint), key, bytes) ? 'valid' : 'invalid' }
}

/**
 * The verdict over all signatures of a narinfo. An invalid one beside a valid one is forgiven, a malformed one is not:
 * current Nix refuses the whole text for it, so what it describes cannot be substituted.
 */
export function judgeSignatures(narinfo: Narinfo, keys: PublicKeys): SignatureVerdict {
  const fingerprint = fingerprintOf(narinfo)
  const checked = narinfo.signatures.map((signature) => checkSignature(signature, fingerprint, keys))
  const valid = checked.find(({ result }) => result === 'valid')
  const isAlarm = valid === undefined && checked.some(({ result }) => result === 'invalid')
  if (isAlarm) return { state: 'invalid', signedBy: null }
  if (checked.some(({ result }) => result === 'malformed')) return { state: 'malformed', signedBy: null }
  if (valid !== undefined) return { state: 'valid', signedBy: valid.keyName }
  return { state: checked.length > 0 ? 'unknown-key' : 'none', signedBy: null }
}

import 'server-only'
import { decodeBase64 } from './base64'
import { decodeNix32, encodeNix32 } from './nix32'

const BYTES_BY_ALGORITHM = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const
export type HashAlgorithm = keyof typeof BYTES_BY_ALGORITHM

export interface Hash {
  readonly algorithm: HashAlgorithm
  readonly bytes: Uint8Array
}

const HASH_TEXT = /^(md5|sha1|sha256|sha512)([:-])([^:]+)$/

/**
 * A hash in any of the forms that Nix writes: `algorithm:` with hex, nix32 or base64, or SRI (`algorithm-` with base64).
 * The number of digits tells the form. Null for anything else, a bare digest too.
 */
export function parseHash(text: string): Hash | null {
  const [, name, separator, digits = ''] = HASH_TEXT.exec(text) ?? []
  if (name === undefined || !isAlgorithm(name)) return null
  const bytes = separator === '-' ? decodeBase64(digits) : decodeDigits(digits, BYTES_BY_ALGORITHM[name])
  return bytes?.length === BYTES_BY_ALGORITHM[name] ? { algorithm: name, bytes } : null
}

/** `algorithm:` and nix32, the form that signatures are made over. */
export function hashToNix32(hash: Hash): string {
  return `${hash.algorithm}:${encodeNix32(hash.bytes)}`
}

/** Lower-case hex without the algorithm. */
export function hashToHex(hash: Hash): string {
  return Buffer.from(hash.bytes).toString('hex')
}

export function isSameHash(one: Hash, other: Hash): boolean {
  return one.algorithm === other.algorithm && Buffer.from(one.bytes).equals(other.bytes)
}

function decodeDigits(digits: string, byteLength: number): Uint8Array | null {
  if (digits.length === byteLength * 2) return /^[0-9a-f]+$/i.test(digits) ? Buffer.from(digits, 'hex') : null
  if (digits.length === Math.ceil((byteLength * 8) / 5)) return decodeNix32(digits)
  return decodeBase64(digits)
}

function isAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(BYTES_BY_ALGORITHM, name)
}

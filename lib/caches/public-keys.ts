import 'server-only'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { decodeBase64 } from './base64'

/** Trusted ed25519 keys by name: a signature is only ever tried under the name it states. */
export type PublicKeys = ReadonlyMap<string, KeyObject>

export interface PublicKeyFault {
  /** Position among the keys that were given. */
  readonly index: number
  /** A sentence for people. Never holds key bytes: a secret key may have been pasted by mistake. */
  readonly reason: string
}

const PUBLIC_KEY_BYTES = 32
const SECRET_KEY_BYTES = 64
// RFC 8410: a DER SubjectPublicKeyInfo for ed25519 is this prefix and the 32 bytes.
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Keys in Nix's form `name:base64`, and what is wrong with the others, for the configuration to tell. */
export function parsePublicKeys(texts: readonly string[]): { keys: PublicKeys; faults: readonly PublicKeyFault[] } {
  const bytesByName = new Map<string, Uint8Array>()
  const faults: PublicKeyFault[] = []
  for (const [index, text] of texts.entries()) {
    const parsed = parsePublicKey(text)
    const reason = typeof parsed === 'string' ? parsed : contradiction(parsed, bytesByName.get(parsed.name))
    if (reason !== null) faults.push({ index, reason })
    else if (typeof parsed !== 'string') bytesByName.set(parsed.name, parsed.bytes)
  }
  return { keys: new Map([...bytesByName].map(([name, bytes]) => [name, toKeyObject(bytes)])), faults }
}

interface NamedKey {
  readonly name: string
  readonly bytes: Uint8Array
}

function parsePublicKey(text: string): NamedKey | string {
  const colon = text.indexOf(':')
  if (colon <= 0) return 'a public key is written name:base64, and the name is missing'
  const name = text.slice(0, colon)
  if (/\s/.test(name)) return 'the name of a public key holds no blanks: give one key per entry'
  const bytes = decodeBase64(text.slice(colon + 1))
  if (bytes === null) return `what follows "${name}:" is not base64`
  if (bytes.length === SECRET_KEY_BYTES) return `"${name}" looks like a secret key: the public one has 32 bytes`
  if (bytes.length !== PUBLIC_KEY_BYTES) return `"${name}" has ${bytes.length} bytes, a public key has 32`
  return { name, bytes }
}

function contradiction({ name, bytes }: NamedKey, known: Uint8Array | undefined): string | null {
  if (known === undefined || Buffer.from(known).equals(bytes)) return null
  return `"${name}" is given twice with different keys`
}

function toKeyObject(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([DER_PREFIX, bytes]), format: 'der', type: 'spki' })
}

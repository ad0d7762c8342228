import 'server-only'
import { createHash } from 'node:crypto'
import { type Hash, hashToHex, isSameHash, parseHash } from './hash'
import { encodeNix32 } from './nix32'
import { baseNameOf, printStorePath, type StorePath } from './store-path'

export interface ContentAddress {
  readonly method: 'text' | 'flat' | 'recursive' | 'git'
  readonly hash: Hash
}

/** `unsupported`: a kind whose path construction is not specified well enough to prove anything. */
export type ContentAddressVerdict = 'valid' | 'invalid' | 'unsupported'

export interface ContentAddressClaim {
  readonly ca: ContentAddress
  readonly storePath: StorePath
  /** Base names; may hold the path itself. */
  readonly references: readonly string[]
  readonly narHash: Hash
}

const METHODS = [
  ['text:', 'text'],
  ['fixed:r:', 'recursive'],
  ['fixed:git:', 'git'],
  ['fixed:', 'flat'],
] as const

const PATH_DIGEST_BYTES = 20

/** The value of a `CA` field, or null when it is none. Nix knows text addresses by sha256 alone. */
export function parseContentAddress(text: string): ContentAddress | null {
  const [prefix, method] = METHODS.find(([candidate]) => text.startsWith(candidate)) ?? []
  if (prefix === undefined || method === undefined) return null
  const hash = parseHash(text.slice(prefix.length))
  if (hash === null || (method === 'text' && hash.algorithm !== 'sha256')) return null
  return { method, hash }
}

/**
 * Does the claimed content address lead to this very store path? `valid` proves claim and path belong together, and for
 * recursive sha256 without a self reference that NarHash is the claimed hash too; other contents are not looked at.
 */
export function checkContentAddress(claim: ContentAddressClaim): ContentAddressVerdict {
  if (claim.ca.method === 'git') return 'unsupported'
  const expected = claim.ca.method === 'text' ? textPath(claim) : fixedPath(claim)
  return expected === printStorePath(claim.storePath) ? 'valid' : 'invalid'
}

function textPath({ ca, storePath, references }: ContentAddressClaim): string | null {
  if (references.includes(baseNameOf(storePath))) return null
  return makePath(['text', ...fullPaths(storePath, references)].join(':'), hashToHex(ca.hash), storePath)
}

function fixedPath(claim: ContentAddressClaim): string | null {
  const { ca, storePath, references, narHash } = claim
  if (ca.method !== 'recursive' || ca.hash.algorithm !== 'sha256') {
    return references.length > 0 ? null : makePath('output:out', sha256Hex(outputText(ca)), storePath)
  }
  const self = baseNameOf(storePath)
  const refersToSelf = references.includes(self)
  // With a self reference the claimed hash is over a form with the path's own digest blanked, so NarHash differs.
  if (!refersToSelf && !isSameHash(ca.hash, narHash)) return null
  const others = fullPaths(
    storePath,
    references.filter((reference) => reference !== self),
  )
  const type = ['source', ...others, ...(refersToSelf ? ['self'] : [])].join(':')
  return makePath(type, hashToHex(ca.hash), storePath)
}

function outputText({ method, hash }: ContentAddress): string {
  return `fixed:out:${method === 'recursive' ? 'r:' : ''}${hash.algorithm}:${hashToHex(hash)}:`
}

function makePath(type: string, contentHex: string, { storeDir, name }: StorePath): string {
  const full = createHash('sha256').update(`${type}:sha256:${contentHex}:${storeDir}:${name}`).digest()
  const folded = new Uint8Array(PATH_DIGEST_BYTES)
  for (const [index, byte] of full.entries()) {
    folded[index % PATH_DIGEST_BYTES] = (folded[index % PATH_DIGEST_BYTES] ?? 0) ^ byte
  }
  return printStorePath({ storeDir, digest: encodeNix32(folded), name })
}

function fullPaths({ storeDir }: StorePath, references: readonly string[]): string[] {
  return [...new Set(references)].sort().map((reference) => `${storeDir}/${reference}`)
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

import 'server-only'
import { type ContentAddress, parseContentAddress } from './content-address'
import { type Hash, parseHash } from './hash'
import { isBaseName, parseStorePath, type StorePath } from './store-path'

/** One narinfo text (contract of the Nix binary cache, section 5). Only the fingerprint's fields are ever signed. */
export interface Narinfo {
  readonly storePath: StorePath
  readonly url: string
  /** As written, known or not; `bzip2` when absent. */
  readonly compression: string
  readonly fileHash: Hash | null
  /** Bytes. */
  readonly fileSize: number | null
  readonly narHash: Hash
  /** Bytes. */
  readonly narSize: number
  /** Base names in the order of the text. */
  readonly references: readonly string[]
  readonly deriver: string | null
  readonly signatures: readonly string[]
  readonly ca: ContentAddress | null
}

export type NarinfoFault =
  | 'too-large'
  | 'truncated'
  | 'no-colon'
  | 'duplicate-field'
  | 'missing-StorePath'
  | 'missing-URL'
  | 'missing-NarHash'
  | 'missing-NarSize'
  | 'NarSize-zero'
  | 'bad-StorePath'
  | 'bad-NarSize'
  | 'bad-FileSize'
  | 'bad-hash'
  | 'bad-References'
  | 'bad-Deriver'
  | 'bad-CA'

export type NarinfoResult =
  | { readonly ok: true; readonly narinfo: Narinfo }
  | { readonly ok: false; readonly fault: NarinfoFault }

/** The largest published text has 207 KB; Nix's other readers stop here too. */
export const NARINFO_BYTES_MAX = 1024 * 1024

class NarinfoError extends Error {
  readonly fault: NarinfoFault

  constructor(fault: NarinfoFault) {
    super(fault)
    this.fault = fault
  }
}

/** Parses a narinfo text of a store in `storeDir`. Never throws: what is wrong with a text comes back by name. */
export function parseNarinfo(text: string, storeDir: string): NarinfoResult {
  try {
    return { ok: true, narinfo: toNarinfo(readFields(text), storeDir) }
  } catch (error) {
    if (error instanceof NarinfoError) return { ok: false, fault: error.fault }
    throw error
  }
}

interface Fields {
  readonly single: ReadonlyMap<string, string>
  readonly signatures: readonly string[]
}

function readFields(text: string): Fields {
  if (Buffer.byteLength(text) > NARINFO_BYTES_MAX) throw new NarinfoError('too-large')
  const lines = text.split('\n')
  // Without the last newline a text cannot be told from one that was cut short.
  if (lines.pop() !== '') throw new NarinfoError('truncated')
  const single = new Map<string, string>()
  const signatures: string[] = []
  for (const line of lines) {
    const { key, value } = readLine(line)
    if (key === 'Sig') signatures.push(value)
    else if (single.has(key)) throw new NarinfoError('duplicate-field')
    else single.set(key, value)
  }
  return { single, signatures }
}

function readLine(line: string): { key: string; value: string } {
  const colon = line.indexOf(':')
  if (colon < 0) throw new NarinfoError('no-colon')
  // Nix skips exactly one character after the colon, whatever it is, and trims nothing.
  return { key: line.slice(0, colon), value: line.slice(colon + 2) }
}

function toNarinfo({ single, signatures }: Fields, storeDir: string): Narinfo {
  const need = (key: 'StorePath' | 'URL' | 'NarHash' | 'NarSize') => {
    const value = single.get(key)
    if (value === undefined) throw new NarinfoError(`missing-${key}`)
    return value
  }
  const storePath = toStorePath(need('StorePath'), storeDir)
  const url = need('URL')
  if (url === '') throw new NarinfoError('missing-URL')
  return {
    storePath,
    url,
    compression: single.get('Compression') || 'bzip2',
    fileHash: mapField(single.get('FileHash'), toHash),
    fileSize: mapField(single.get('FileSize'), (value) => toSize(value, 'bad-FileSize')),
    narHash: toNarHash(need('NarHash')),
    narSize: toNarSize(need('NarSize')),
    references: toReferences(single.get('References') ?? ''),
    deriver: mapField(single.get('Deriver'), toDeriver),
    signatures,
    ca: mapField(single.get('CA') || undefined, toContentAddress),
  }
}

function mapField<T>(value: string | undefined, parse: (value: string) => T): T | null {
  return value === undefined ? null : parse(value)
}

function toStorePath(value: string, storeDir: string): StorePath {
  const path = parseStorePath(value)
  if (path === null || path.storeDir !== storeDir) throw new NarinfoError('bad-StorePath')
  return path
}

function toHash(value: string): Hash {
  const hash = parseHash(value)
  if (hash === null) throw new NarinfoError('bad-hash')
  return hash
}

function toNarHash(value: string): Hash {
  const hash = toHash(value)
  if (hash.algorithm !== 'sha256') throw new NarinfoError('bad-hash')
  return hash
}

function toSize(value: string, fault: NarinfoFault): number {
  const size = /^[0-9]+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(size)) throw new NarinfoError(fault)
  return size
}

function toNarSize(value: string): number {
  const size = toSize(value, 'bad-NarSize')
  if (size === 0) throw new NarinfoError('NarSize-zero')
  return size
}

function toReferences(value: string): string[] {
  const references = value.split(' ').filter((reference) => reference !== '')
  if (!references.every(isBaseName)) throw new NarinfoError('bad-References')
  return references
}

function toDeriver(value: string): string | null {
  if (value === 'unknown-deriver') return null
  if (!isBaseName(value)) throw new NarinfoError('bad-Deriver')
  return value
}

function toContentAddress(value: string): ContentAddress {
  const ca = parseContentAddress(value)
  if (ca === null) throw new NarinfoError('bad-CA')
  return ca
}

import 'server-only'

export interface StorePath {
  /** `/nix/store` nearly everywhere. */
  readonly storeDir: string
  /** 32 characters of nix32: what a cache is asked for. */
  readonly digest: string
  readonly name: string
}

const BASE_NAME = /^([0-9a-df-np-sv-z]{32})-([0-9A-Za-z+\-._?=]{1,211})$/
const DIGEST = /^[0-9a-df-np-sv-z]{32}$/

/** A full store path taken apart by Nix's grammar, or null. */
export function parseStorePath(text: string): StorePath | null {
  const slash = text.lastIndexOf('/')
  const storeDir = text.slice(0, Math.max(slash, 0))
  const [, digest, name] = BASE_NAME.exec(text.slice(slash + 1)) ?? []
  if (digest === undefined || name === undefined || !storeDir.startsWith('/') || !isName(name)) return null
  return { storeDir, digest, name }
}

export function isBaseName(text: string): boolean {
  return isName(BASE_NAME.exec(text)?.[2] ?? '.')
}

export function isDigest(text: string): boolean {
  return DIGEST.test(text)
}

/** `digest-name`, the form in which narinfo texts name references and derivers. */
export function baseNameOf(path: StorePath): string {
  return `${path.digest}-${path.name}`
}

export function printStorePath(path: StorePath): string {
  return `${path.storeDir}/${baseNameOf(path)}`
}

// `.` and `..` alone or before a hyphen could be read as directories of the store.
function isName(name: string): boolean {
  return !/^\.\.?(-|$)/.test(name)
}

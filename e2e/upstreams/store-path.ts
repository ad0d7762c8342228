import { digestOf } from './random'

const ALPHABET = '0123456789abcdfghijklmnpqrsvwxyz'

/** Nix's own base 32 of some bytes (contracts: nix-binary-cache, section 6). */
export function toNix32(bytes: Uint8Array): string {
  let digits = ''
  for (let k = Math.ceil((bytes.length * 8) / 5) - 1; k >= 0; k--) {
    const index = Math.floor((k * 5) / 8)
    const shift = (k * 5) % 8
    const value = ((bytes[index] ?? 0) >> shift) | ((bytes[index + 1] ?? 0) << (8 - shift))
    digits += ALPHABET[value & 31]
  }
  return digits
}

/** A store path of that name whose digest depends on the identity text alone. */
export function storePathOf(identity: string, name: string): string {
  return `/nix/store/${toNix32(digestOf(`store:${identity}:${name}`).subarray(0, 20))}-${name}`
}

/** `digest-name` of a store path, as narinfo fields hold it. */
export function baseNameOf(storePath: string): string {
  return storePath.slice(storePath.lastIndexOf('/') + 1)
}

/** The 32 characters that a cache is asked for. */
export function digestPartOf(storePath: string): string {
  return baseNameOf(storePath).slice(0, 32)
}

/** A SHA-256 in the two notations that caches use; the text decides it. */
export function contentHashOf(identity: string): { readonly nix32: string; readonly hex: string } {
  const bytes = digestOf(`content:${identity}`)
  return { nix32: toNix32(bytes), hex: bytes.toString('hex') }
}

import { createHash } from 'node:crypto'

/** SHA-256 of a text: the one root of everything that looks random in the demo world. */
export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** A number in [0, 1) that depends on the text alone. */
export function unitOf(text: string): number {
  return digestOf(text).readUInt32BE(0) / 2 ** 32
}

/** A number in [low, high) that depends on the text alone. */
export function between(text: string, low: number, high: number): number {
  return low + unitOf(text) * (high - low)
}

/** The member that the text chooses. */
export function pick<T>(text: string, members: readonly [T, ...T[]]): T {
  return members[Math.floor(unitOf(text) * members.length)] ?? members[0]
}

/** A lower-case UUID (version 4 layout) that depends on the text alone. */
export function uuidOf(text: string): string {
  const hex = digestOf(`uuid:${text}`).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A git object name, 40 hex digits. */
export function commitOf(text: string): string {
  return digestOf(`commit:${text}`).toString('hex').slice(0, 40)
}

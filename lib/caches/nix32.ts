import 'server-only'

// Nix's own order, without e, o, t and u; no RFC 4648 alphabet.
const ALPHABET = '0123456789abcdfghijklmnpqrsvwxyz'
const BITS_PER_DIGIT = 5

/** Nix's base-32 text of some bytes: the bytes as one little-endian number, most significant digit first. */
export function encodeNix32(bytes: Uint8Array): string {
  let text = ''
  for (let digit = digitsOf(bytes.length) - 1; digit >= 0; digit--) {
    const { index, shift } = positionOf(digit)
    const low = (bytes[index] ?? 0) >> shift
    const high = (bytes[index + 1] ?? 0) << (8 - shift)
    text += ALPHABET.charAt((low | high) & 31)
  }
  return text
}

/** The bytes behind a nix32 text; null for a foreign character, an impossible length or bits beyond the last byte. */
export function decodeNix32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * BITS_PER_DIGIT) / 8))
  if (digitsOf(bytes.length) !== text.length) return null
  for (let digit = 0; digit < text.length; digit++) {
    const value = ALPHABET.indexOf(text.charAt(text.length - 1 - digit))
    if (value < 0 || !addDigit(bytes, digit, value)) return null
  }
  return bytes
}

function addDigit(bytes: Uint8Array, digit: number, value: number): boolean {
  const { index, shift } = positionOf(digit)
  bytes[index] = (bytes[index] ?? 0) | (value << shift)
  const carry = value >> (8 - shift)
  if (index + 1 >= bytes.length) return carry === 0
  bytes[index + 1] = (bytes[index + 1] ?? 0) | carry
  return true
}

function positionOf(digit: number): { index: number; shift: number } {
  const bit = digit * BITS_PER_DIGIT
  return { index: Math.floor(bit / 8), shift: bit % 8 }
}

function digitsOf(byteLength: number): number {
  return Math.ceil((byteLength * 8) / BITS_PER_DIGIT)
}

import 'server-only'

/** The bytes of a padded, canonical base64 text, else null. Node's own decoder drops what it does not understand. */
export function decodeBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

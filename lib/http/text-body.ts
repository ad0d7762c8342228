import 'server-only'

/** The body of a request as text; null when it has more bytes than these. */
export async function readTextBody(request: Request, bytesMax: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Read piece by piece: a length that the client states may be wrong or missing.
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > bytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

import 'server-only'

/** The decoded text of a body, or null when it is larger than `maxBytes` (counted after decompression, while it comes in). */
export async function readText(response: Response, maxBytes: number): Promise<string | null> {
  const body = response.body
  if (body === null) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parts: string[] = []
  let size = 0
  for (;;) {
    const chunk = await reader.read()
    if (chunk.done) break
    size += chunk.value.byteLength
    if (size > maxBytes) {
      reader.cancel().catch(() => {})
      return null
    }
    parts.push(decoder.decode(chunk.value, { stream: true }))
  }
  return parts.join('') + decoder.decode()
}

/** Frees the connection of an answer whose body nobody reads. Not awaited: an upstream may not hold us with a goodbye. */
export function discard(response: Response): void {
  response.body?.cancel().catch(() => {})
}

import 'server-only'

export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly title: string }

const LENGTH_MAX = 10_000

/** The body of a request as JSON, `undefined` when it has none. Ten thousand characters at most. */
export async function readJsonBody(request: Request): Promise<JsonBody> {
  const text = await readText(request)
  if (text === null) return { ok: false, title: `The body is longer than ${LENGTH_MAX} bytes; send less` }
  if (text.trim() === '') return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false, title: 'The body is not JSON; send a JSON object or no body' }
  }
}

// Read piece by piece: a length that the client states may be wrong or missing.
async function readText(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > LENGTH_MAX) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

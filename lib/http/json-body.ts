import 'server-only'
import { readTextBody } from './text-body'

export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly title: string }

const LENGTH_MAX = 10_000

/** The body of a request as JSON, `undefined` when it has none. Ten thousand characters at most. */
export async function readJsonBody(request: Request): Promise<JsonBody> {
  const text = await readTextBody(request, LENGTH_MAX)
  if (text === null) return { ok: false, title: `The body is longer than ${LENGTH_MAX} bytes; send less` }
  if (text.trim() === '') return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false, title: 'The body is not JSON; send a JSON object or no body' }
  }
}

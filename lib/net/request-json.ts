import 'server-only'
import type { z } from 'zod'
import { publicAddress } from './address'
import { UpstreamError } from './errors'
import type { UpstreamOptions, UpstreamRequest, UpstreamResponse } from './request'

export interface JsonAnswer<T> {
  readonly data: T
  readonly etag: string | null
}

type JsonOptions = Omit<UpstreamOptions, 'method' | 'body'> & { readonly etag?: never }

/** Gets a JSON document and parses it. Throws `UpstreamError`, `invalid-response` naming the first path that does not fit. */
export async function requestJson<T>(
  request: UpstreamRequest,
  url: URL,
  schema: z.ZodType<T>,
  options: JsonOptions = {},
): Promise<JsonAnswer<T>> {
  return parseAnswer(url, schema, await request(url, acceptingJson(options)))
}

/** The same, unless the document is still the one that `etag` names. */
export async function requestJsonIfChanged<T>(
  request: UpstreamRequest,
  url: URL,
  schema: z.ZodType<T>,
  options: UpstreamOptions,
): Promise<JsonAnswer<T> | 'not-modified'> {
  const response = await request(url, acceptingJson(options))
  return response.isNotModified ? 'not-modified' : parseAnswer(url, schema, response)
}

/** One line on what a value got wrong first: where, and what was expected there. */
export function firstFault(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'does not fit'
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return `${path.replace(/^\./, '') || 'the answer'}: ${issue.message}`
}

function acceptingJson(options: UpstreamOptions): UpstreamOptions {
  return { ...options, headers: { accept: 'application/json', ...options.headers } }
}

/** The document in an answer, as `requestJson` would give it. */
export function parseAnswer<T>(url: URL, schema: z.ZodType<T>, response: UpstreamResponse): JsonAnswer<T> {
  const parsed = schema.safeParse(parseText(url, response.text))
  if (!parsed.success) throw new UpstreamError('invalid-response', publicAddress(url), firstFault(parsed.error))
  return { data: parsed.data, etag: response.headers.get('etag') }
}

function parseText(url: URL, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const found = /^\s*</.test(text) ? 'an HTML page' : text.trim() === '' ? 'an empty body' : 'text that is no JSON'
    throw new UpstreamError('invalid-response', publicAddress(url), `answered with ${found} instead of JSON`)
  }
}

import 'server-only'
import { createHash } from 'node:crypto'

export interface Representation {
  readonly body: string
  readonly contentType: string
  /** 0: whoever stores it must ask again each time, which the ETag makes cheap. */
  readonly maxAgeSeconds: number
  /** For readers that know no ETag; absent: only the ETag tells. */
  readonly lastModified?: Date
}

/** A 200 with an ETag, or a bodiless 304 when the caller already holds this representation. */
export function respond(request: Request, representation: Representation): Response {
  const { body, contentType, maxAgeSeconds, lastModified = null } = representation
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  // Weak, because the server compresses what it sends: the bytes differ, what they say does not (RFC 9110 §8.8.1).
  const headers = {
    etag: `W/${tag}`,
    'cache-control': cacheControl(maxAgeSeconds),
    vary: 'accept-encoding',
    ...(lastModified !== null && { 'last-modified': lastModified.toUTCString() }),
  }
  if (isHeld(request.headers, tag, lastModified)) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'content-type': contentType } })
}

/** `respond` for a value sent as JSON. */
export function json(request: Request, value: unknown, { maxAgeSeconds }: { maxAgeSeconds: number }): Response {
  return respond(request, {
    body: JSON.stringify(value),
    contentType: 'application/json; charset=utf-8',
    maxAgeSeconds,
  })
}

function cacheControl(maxAgeSeconds: number): string {
  if (maxAgeSeconds === 0) return 'no-cache'
  return `public, max-age=${maxAgeSeconds}, stale-while-revalidate=${maxAgeSeconds * 5}`
}

// The date counts only where no tag was sent (RFC 9110 §13.1.3); it knows no part of a second.
function isHeld(headers: Headers, tag: string, lastModified: Date | null): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null || lastModified === null) return matches(tags, tag)
  const sinceMs = Date.parse(headers.get('if-modified-since') ?? '')
  return Math.floor(lastModified.getTime() / 1_000) * 1_000 <= sinceMs
}

// Weak comparison (RFC 9110 §13.1.2).
function matches(ifNoneMatch: string | null, opaque: string): boolean {
  if (ifNoneMatch === null) return false
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === opaque)
}

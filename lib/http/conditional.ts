import 'server-only'
import { createHash } from 'node:crypto'

export interface Representation {
  readonly body: string
  readonly contentType: string
  /** 0: whoever stores it must ask again each time, which the ETag makes cheap. */
  readonly maxAgeSeconds: number
}

/** A 200 with a strong ETag, or a bodiless 304 when the caller already holds this representation. */
export function respond(request: Request, { body, contentType, maxAgeSeconds }: Representation): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = { etag, 'cache-control': cacheControl(maxAgeSeconds) }
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
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

// Weak comparison (RFC 9110 §13.1.2): a proxy that re-compresses turns our tag into W/"…".
function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

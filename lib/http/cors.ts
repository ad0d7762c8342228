import 'server-only'

const METHODS = 'GET, HEAD, OPTIONS'

/** What pages of other sites may read from a browser: facts that are public anyway. */
export function isForEveryone(pathname: string): boolean {
  return /^\/(?:api\/|badge\/|feed[./])/.test(pathname)
}

/**
 * Headers that let pages of any site read an answer; none for methods that change something, which therefore stay
 * within our own pages. No credentials are ever allowed, so that nobody's session can be used.
 */
export function corsHeaders(method: string): Readonly<Record<string, string>> {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) return {}
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, RateLimit, RateLimit-Policy, Retry-After',
  }
}

/** The answer to a browser that asks before it asks. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders('OPTIONS'),
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': 'If-None-Match',
      'access-control-max-age': '86400',
    },
  })
}

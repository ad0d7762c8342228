import { type NextRequest, NextResponse } from 'next/server'
import { methodsOf } from '@/lib/contract/openapi/path-match'
import { corsHeaders, isForEveryone, preflight } from '@/lib/http/cors'
import { problem } from '@/lib/http/problem'
import { COMMON_SECURITY_HEADERS, DATA_POLICY, pagePolicy } from '@/lib/http/security-headers'

/** Gives every answer its security headers, every page a policy with a nonce of its own, and other sites what they may read. */
export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl
  const response = isPage(pathname) ? withPagePolicy(request) : withDataPolicy(request)
  for (const [name, value] of Object.entries(COMMON_SECURITY_HEADERS)) response.headers.set(name, value)
  return response
}

export const config = {
  // Static files run nothing and are cached for ever: a nonce would only spoil that. Files of `public` lie at the top.
  matcher: ['/((?!_next/static|_next/image|[^/]+\\.(?:ico|png|svg|webmanifest|txt|json)$).*)'],
}

function isPage(pathname: string): boolean {
  return !isForEveryone(pathname) && !/^\/(?:healthz|readyz|metrics)$/.test(pathname)
}

function withPagePolicy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64')
  const policy = pagePolicy({ nonce, isDevelopment: process.env.NODE_ENV === 'development' })
  const headers = new Headers(request.headers)
  // Next reads the nonce for its own scripts out of the request's policy; the layout takes it from x-nonce.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

function withDataPolicy(request: NextRequest): Response {
  const { method, nextUrl } = request
  const response = refusalOf(request) ?? NextResponse.next()
  response.headers.set('content-security-policy', DATA_POLICY)
  const shared = isForEveryone(nextUrl.pathname) ? corsHeaders(method) : {}
  for (const [name, value] of Object.entries(shared)) response.headers.set(name, value)
  return response
}

/** What is answered without asking a handler: Next would say neither why it refuses a method nor what to send instead. */
function refusalOf({ method, nextUrl: { pathname } }: NextRequest): Response | null {
  const methods = methodsOf(pathname)
  if (method === 'OPTIONS' && isForEveryone(pathname)) return preflight()
  if (methods === null || methods.includes(method)) return null
  const allow = methods.join(', ')
  return problem(405, `There is no ${method} of this address; known are ${allow}`, {}, { allow })
}

import { type NextRequest, NextResponse } from 'next/server'
import { COMMON_SECURITY_HEADERS, DATA_POLICY, pagePolicy } from '@/lib/http/security-headers'

/** Gives every answer its security headers, and every page a policy with a nonce of its own. */
export function proxy(request: NextRequest): NextResponse {
  const response = isPage(request.nextUrl.pathname) ? withPagePolicy(request) : withDataPolicy()
  for (const [name, value] of Object.entries(COMMON_SECURITY_HEADERS)) response.headers.set(name, value)
  return response
}

export const config = {
  // Static files run nothing and are cached for ever: a nonce would only spoil that. Files of `public` lie at the top.
  matcher: ['/((?!_next/static|_next/image|[^/]+\\.(?:ico|png|svg|webmanifest|txt|json)$).*)'],
}

function isPage(pathname: string): boolean {
  return !/^\/(?:api|badge|healthz|readyz|metrics)(?:\/|$)/.test(pathname)
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

function withDataPolicy(): NextResponse {
  const response = NextResponse.next()
  response.headers.set('content-security-policy', DATA_POLICY)
  return response
}

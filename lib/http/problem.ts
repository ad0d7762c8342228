import 'server-only'

/** Members of a problem beside the three that every problem has: whatever JSON can say. */
export type ProblemMembers = Readonly<Record<string, unknown>>

/** An error as `application/problem+json` (RFC 9457). `title` tells the caller what to do. */
export function problem(
  status: number,
  title: string,
  members: ProblemMembers = {},
  headers: HeadersInit = {},
): Response {
  const all = new Headers(headers)
  all.set('content-type', 'application/problem+json')
  all.set('cache-control', 'no-store')
  return new Response(JSON.stringify({ type: 'about:blank', title, status, ...members }), { status, headers: all })
}

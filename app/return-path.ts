import type { Route } from 'next'

/** Where to go after signing in: the path that was asked for if it is one of ours, else the sync page. */
export function toReturnPath(wanted: unknown): Route {
  const own = 'http://flakeboard.invalid'
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, own)) return '/sync'
  const url = new URL(wanted, own)
  // Dots may have brought two slashes to the front, which would name another host.
  const isOurs = url.origin === own && !url.pathname.startsWith('//')
  return isOurs ? asRoute(url.pathname + url.search) : '/sync'
}

// It starts with one slash on our own origin; whether a page stands there, the router tells.
function asRoute(path: string): Route {
  return path as Route
}

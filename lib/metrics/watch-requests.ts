import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Metrics, metrics } from './metrics'

// Anyone may send any word for a method; a label must not grow with that.
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

interface Begun {
  readonly startedMs: number
  readonly pathname: string
}

/** Counts every request that the server of this process answers, under the template of its address. */
export function watchRequests(routeOf: (pathname: string) => string, into: () => Metrics = metrics): void {
  const begun = new WeakMap<object, Begun>()
  // Noted at the start: what answers a request may rewrite its address.
  subscribe('http.server.request.start', (message) => {
    const { request } = messageOf(message)
    begun.set(request, { startedMs: performance.now(), pathname: (request.url ?? '').split('?')[0] ?? '' })
  })
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = messageOf(message)
    const start = begun.get(request)
    if (start === undefined) return
    const { requests, requestSeconds } = into()
    const method = METHODS.has(request.method ?? '') ? String(request.method) : 'other'
    const route = routeOf(start.pathname)
    requests.inc({ method, route, status: String(response.statusCode) })
    requestSeconds.observe({ method, route }, (performance.now() - start.startedMs) / 1000)
  })
}

// Node documents both channels' messages as { request, response, socket, server }; their type says unknown.
function messageOf(message: unknown): { request: IncomingMessage; response: ServerResponse } {
  return message as { request: IncomingMessage; response: ServerResponse }
}

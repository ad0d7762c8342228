import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/**
 * Takes what is no percent-encoded UTF-8 in an address as it stands there: somebody asks for a thing of that name, which
 * is not there. Next would answer with a fault of its own instead.
 */
export function mendBrokenAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const request = requestOf(message)
    request.url = mended(request.url ?? '/')
  })
}

/** The address with a path that can be decoded; the query stays as it is. */
export function mended(url: string): string {
  const [path = '', ...query] = url.split('?')
  const segments = path.split('/').map((segment) => (isDecodable(segment) ? segment : segment.replaceAll('%', '%25')))
  return [segments.join('/'), ...query].join('?')
}

function isDecodable(segment: string): boolean {
  try {
    decodeURIComponent(segment)
    return true
  } catch {
    return false
  }
}

// Node documents the channel's message as { request, response, socket, server }; its type says unknown.
function requestOf(message: unknown): IncomingMessage {
  return (message as { request: IncomingMessage }).request
}

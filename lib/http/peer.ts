import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { PEER_HEADER } from './client-address'

/**
 * Notes the connection's own address on every request. Next hands no socket to actions and routes, and keeps an
 * `X-Forwarded-For` that anyone can make up.
 */
export function recordPeers(): void {
  subscribe('http.server.request.start', (message) => {
    const request = requestOf(message)
    if (request !== null) request.headers[PEER_HEADER] = request.socket.remoteAddress ?? ''
  })
}

// Node documents the channel's message as { request, response, socket, server }; its type says unknown.
function requestOf(message: unknown): IncomingMessage | null {
  return typeof message === 'object' && message !== null && 'request' in message
    ? (message.request as IncomingMessage)
    : null
}

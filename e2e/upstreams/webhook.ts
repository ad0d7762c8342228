import { Webhook } from 'standardwebhooks'
import { type Answer, json, type ServeOptions, serve, text, type Upstream, type UpstreamRequest } from './serve'
import type { World } from './world'

/** Where the demo's notices are signed by: made up, and known to everybody. */
export const DEMO_WEBHOOK_SECRET = 'whsec_ZGVtbyBkZW1vIGRlbW8gZGVtbyBkZW1vIGRlbW8='
export const DEMO_WEBHOOK_SECRET_ENV = 'FLAKEBOARD_DEMO_WEBHOOK_SECRET'

/** A receiver of notices: `POST /hook` takes what is signed well, once each; `GET /hook` lists what was taken, newest first. */
export function startWebhook(world: World, options: ServeOptions): Promise<Upstream> {
  const verifier = new Webhook(DEMO_WEBHOOK_SECRET)
  const taken = new Map<string, unknown>()
  return serve(world, (request) => answerOf(request, verifier, taken), options)
}

function answerOf(request: UpstreamRequest, verifier: Webhook, taken: Map<string, unknown>): Answer {
  if (request.segments.join('/') !== 'hook') return text('not found', 404)
  if (request.method === 'GET') return json([...taken.values()].reverse())
  if (request.method !== 'POST') return text('method not allowed', 405)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  try {
    taken.set(String(headers['webhook-id']), verifier.verify(request.body, headers))
    return { status: 204, body: '' }
  } catch {
    return text('the signature does not fit', 401)
  }
}

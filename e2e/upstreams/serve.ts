import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { corrupted, type FaultBook, FaultSchema, FaultsSchema, makeFaultBook, type TransportFault } from './faults'
import { MutationSchema, mutate } from './mutations'
import type { World } from './world'

export interface UpstreamRequest {
  readonly method: string
  /** Path segments, each decoded on its own, so that `%2F` stays inside one. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** A server of the demo: its address without a slash at the end, its faults, and what it was asked. */
export interface Upstream {
  readonly url: string
  readonly faults: FaultBook
  /** `GET /path?query` of every request so far, control requests aside. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export interface ServeOptions {
  /** 0 or absent: any free port of loopback. */
  readonly port?: number
}

export function json(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(value) }
}

export function text(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'text/plain;charset=utf-8', ...headers }, body }
}

const HTML =
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>'

/** Starts a loopback server that answers by `handle` under the faults that are on, beside the control addresses `__faults`, `__world` and `__requests`. */
export async function serve(
  world: World,
  handle: (request: UpstreamRequest, faults: FaultBook) => Answer,
  options: ServeOptions,
): Promise<Upstream> {
  const faults = makeFaultBook()
  const requests: string[] = []
  const respondTo = async (incoming: IncomingMessage, response: ServerResponse) => {
    const target = incoming.url ?? '/'
    const request = await readRequest(incoming)
    const control = controlAnswer(request, { world, faults, requests })
    if (control !== null) return send(response, control)
    requests.push(`${request.method} ${target}`)
    const fault = faults.take(request.method, target)
    await sendUnder(fault, response, handle(request, faults))
  }
  const server = createServer((incoming, response) => {
    respondTo(incoming, response).catch((error: unknown) => send(response, text(String(error), 500)))
  })
  await listen(server, options.port ?? 0)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, faults, requests, close: () => close(server) }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function readRequest(incoming: IncomingMessage): Promise<UpstreamRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  return {
    method: incoming.method ?? 'GET',
    segments: url.pathname.split('/').slice(1).map(decoded),
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

interface Controlled {
  readonly world: World
  readonly faults: FaultBook
  readonly requests: string[]
}

function controlAnswer(request: UpstreamRequest, { world, faults, requests }: Controlled): Answer | null {
  const name = `${request.method} ${request.segments[0] ?? ''}`
  if (name === 'GET __requests') return json(requests)
  if (name === 'DELETE __requests') return json(requests.splice(0))
  if (name === 'GET __faults') return json(faults.list())
  if (name === 'POST __faults') return switchFaults(request.body, faults)
  if (name !== 'POST __world') return null
  const mutation = MutationSchema.safeParse(parsed(request.body))
  if (!mutation.success) return text(mutation.error.message, 400)
  return mutate(world, mutation.data) ? json({ done: true }) : text('nothing of that name', 404)
}

function switchFaults(body: string, faults: FaultBook): Answer {
  const asked = FaultsSchema.safeParse(parsed(body))
  if (!asked.success) return text(asked.error.message, 400)
  if (asked.data.clear) faults.clear()
  for (const fault of asked.data.faults) faults.add(FaultSchema.parse(fault))
  return json(faults.list())
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, answer.headers)
  response.end(answer.status === 304 ? undefined : answer.body)
}

async function sendUnder(fault: TransportFault | null, response: ServerResponse, answer: Answer): Promise<void> {
  if (fault === null) return send(response, answer)
  const half = answer.body.slice(0, Math.floor(answer.body.length / 2))
  if (fault.kind === 'reset') return void response.destroy()
  if (fault.kind === 'status') return send(response, refusal(fault.status, fault.retryAfter))
  if (fault.kind === 'html')
    return send(response, { status: 200, headers: { 'content-type': 'text/html' }, body: HTML })
  if (fault.kind === 'truncate') return send(response, { ...answer, body: half })
  if (fault.kind === 'corrupt')
    return send(response, { ...answer, body: JSON.stringify(corrupted(parsed(answer.body), fault.at, fault.value)) })
  if (fault.kind === 'slow') {
    await new Promise((resolve) => setTimeout(resolve, fault.ms))
    return send(response, answer)
  }
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) })
  response.write(half)
}

function refusal(status: number, retryAfter: string | undefined): Answer {
  return text(`status ${status}`, status, retryAfter === undefined ? {} : { 'retry-after': retryAfter })
}

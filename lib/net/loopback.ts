import 'server-only'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach } from 'vitest'
import { UpstreamError } from './errors'
import { createRequest, type RequestSettings } from './request'

export const NOW = new Date('2026-11-23T12:00:00Z')
const servers: Server[] = []

afterEach(closeServers)

/** For tests: closes what listens, which otherwise happens after each test. */
export async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** For tests: a real server on a free port of the loopback, gone after the test. */
export async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return new URL(`http://127.0.0.1:${address.port}/`)
}

/** For tests: a door whose waits are recorded instead of waited for. */
export function door(settings: RequestSettings = {}) {
  const waits: number[] = []
  const sleep = async (waitMs: number) => void waits.push(waitMs)
  return { waits, request: createRequest({ sleep, now: () => NOW, random: () => 0.5, ...settings }) }
}

/** For tests: the `UpstreamError` that a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<UpstreamError> {
  const caught = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(caught instanceof UpstreamError)) throw new Error(`no UpstreamError: ${String(caught)}`)
  return caught
}

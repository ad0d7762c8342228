import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { clientAddress, toTrustedProxies } from './client-address'
import { recordPeers } from './peer'

it('knows a client by its connection, whatever it claims about itself', async () => {
  recordPeers()
  const server = createServer((request, response) => {
    response.end(
      clientAddress(
        new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        toTrustedProxies([]),
      ),
    )
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')

  const { port } = addressOf(server.address())
  const headers = { 'x-flakeboard-peer': '198.51.100.1', 'x-forwarded-for': '198.51.100.2' }
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers })

  expect(await answer.text()).toBe('127.0.0.1')
})

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address
}

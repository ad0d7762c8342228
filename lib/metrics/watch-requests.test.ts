import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { createMetrics } from './metrics'
import { watchRequests } from './watch-requests'

it('counts what the server answered under the template of the address, whatever anyone asks for', async () => {
  const metrics = createMetrics()
  watchRequests(
    (pathname) => (pathname.startsWith('/packages/') ? '/packages/{package}' : 'other'),
    () => metrics,
  )
  const server = createServer((request, response) => {
    const status = request.url === '/packages/a?q=1' ? 200 : 404
    // As Next does.
    request.url = '/rewritten'
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  await fetch(`${url}/packages/a?q=1`)
  await fetch(`${url}/packages/b`)
  await fetch(`${url}/x`, { method: 'PURGE' })

  const counted = (await metrics.requests.get()).values.map(({ labels, value }) => [labels, value])
  expect(counted).toEqual([
    [{ method: 'GET', route: '/packages/{package}', status: '200' }, 1],
    [{ method: 'GET', route: '/packages/{package}', status: '404' }, 1],
    [{ method: 'other', route: 'other', status: '404' }, 1],
  ])
  expect(
    (await metrics.requestSeconds.get()).values.find(({ metricName }) => metricName?.endsWith('_count'))?.value,
  ).toBe(2)
})

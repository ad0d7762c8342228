import { expect, it } from 'vitest'
import { createRequest } from './request'

it('tells what came of every question under the host that was asked first', async () => {
  const outcomes: string[] = []
  const answers = [
    new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/b' } }),
    new Response('found'),
    new Response(null, { status: 304 }),
    new Response('no', { status: 404 }),
  ]
  const request = createRequest({
    fetch: async () => answers.shift() ?? new Response(),
    sleep: async () => {},
    onOutcome: (host, result) => void outcomes.push(`${host} ${result}`),
  })
  const url = new URL('https://ci.example/a')
  await request(url)
  await request(url, { etag: '"1"' })
  await expect(request(url)).rejects.toThrow()

  expect(outcomes).toEqual(['ci.example redirect', 'ci.example ok', 'ci.example not-modified', 'ci.example not-found'])
})

import { describe, expect, it } from 'vitest'
import { door, errorOf, serve } from './loopback'

describe('redirects', () => {
  const headers = { authorization: 'Bearer secret', cookie: 'a=b', 'x-api-key': 'k', accept: 'text/plain' }

  it('inside an origin keep the credentials', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(301, { location: '/there' }).end()
      else response.end(`${request.url} ${request.headers.authorization}`)
    })
    expect((await door().request(url, { headers })).text).toBe('/there Bearer secret')
  })

  it('to another origin lose every credential, on the way back too', async () => {
    const seen: unknown[] = []
    const home = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: other.href }).end()
      else {
        seen.push(request.headers)
        response.end('done')
      }
    })
    const other = await serve((request, response) => {
      seen.push(request.headers)
      response.writeHead(307, { location: new URL('/end', home).href }).end()
    })
    expect((await door().request(home, { headers })).text).toBe('done')
    expect(seen).toHaveLength(2)
    for (const sent of seen) {
      expect(sent).toMatchObject({ accept: 'text/plain' })
      expect(sent).not.toHaveProperty('authorization')
      expect(sent).not.toHaveProperty('cookie')
      expect(sent).not.toHaveProperty('x-api-key')
    }
  })

  it('that never end are an invalid response', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/' }).end())
    expect(await errorOf(door().request(url))).toMatchObject({ kind: 'invalid-response' })
  })

  it.each(['file:///etc/passwd', 'http://[', ''])('to %j are not followed', async (location) => {
    const url = await serve((_request, response) => response.writeHead(302, { location }).end())
    expect(await errorOf(door().request(url))).toMatchObject({ kind: 'invalid-response' })
  })
})

describe('conditional questions', () => {
  it('tell that nothing was modified', async () => {
    const url = await serve((request, response) => {
      response.statusCode = request.headers['if-none-match'] === '"1"' ? 304 : 200
      response.setHeader('etag', '"1"').end()
    })
    expect(await door().request(url, { etag: '"1"' })).toMatchObject({ status: 304, isNotModified: true })
    expect(await door().request(url, { etag: '"0"' })).toMatchObject({ status: 200, isNotModified: false })
  })

  it('are the only ones that may be answered with 304', async () => {
    const url = await serve((_request, response) => response.writeHead(304).end())
    expect(await errorOf(door().request(url))).toMatchObject({ kind: 'invalid-response' })
  })
})

describe('the address of an error', () => {
  it('holds no user, password or secret of the query', async () => {
    const url = await serve((_request, response) => response.writeHead(401).end())
    url.username = 'me'
    url.password = 'hunter2'
    url.search = '?limit=3&access_token=abc&X-Amz-Signature=def'
    const error = await errorOf(door().request(url))
    expect(error.address).toContain('limit=3')
    expect(JSON.stringify([error.address, error.message])).not.toMatch(/me:|hunter2|abc|def/)
  })

  it('does not keep a user and password of the address from being used', async () => {
    const url = await serve((request, response) => response.end(request.headers.authorization))
    url.username = 'me'
    url.password = 'p w'
    expect((await door().request(url)).text).toBe(`Basic ${Buffer.from('me:p w').toString('base64')}`)
  })
})

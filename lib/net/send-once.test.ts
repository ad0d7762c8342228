import { describe, expect, it } from 'vitest'
import { door, errorOf, NOW, serve } from './loopback'

const BODY = { body: '{"a":1}', headers: { 'content-type': 'application/json' } }

describe('What is sent once', () => {
  it.each(['PUT', 'PATCH', 'POST'] as const)('goes out as %s with its body', async (method) => {
    const url = await serve(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      response.end(`${request.method} ${body}`)
    })
    expect((await door().request(url, { method, ...BODY, once: true })).text).toBe(`${method} {"a":1}`)
  })

  it.each([500, 503, 408])('is not sent again after HTTP %i', async (status) => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      response.writeHead(status).end()
    })
    const { request, waits } = door()
    expect(await errorOf(request(url, { method: 'POST', ...BODY, once: true }))).toMatchObject({
      message: `answered HTTP ${status}`,
    })
    expect([asked, waits]).toEqual([1, []])
  })

  it('is not sent again over a connection that broke', async () => {
    let asked = 0
    const url = await serve((request) => {
      asked += 1
      request.socket.destroy()
    })
    expect(await errorOf(door().request(url, { method: 'POST', ...BODY, once: true }))).toMatchObject({
      kind: 'unavailable',
    })
    expect(asked).toBe(1)
  })

  it('tells when the host wants it again, and neither asks nor waits before', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      response.writeHead(429, { 'retry-after': '20' }).end()
    })
    const { request, waits } = door()
    for (const _ of [1, 2]) {
      expect(await errorOf(request(url, { method: 'POST', ...BODY, once: true }))).toMatchObject({
        kind: 'rate-limited',
        retryAt: new Date(NOW.getTime() + 20_000),
      })
    }
    expect([asked, waits]).toEqual([1, []])
  })

  it.each([301, 302, 303, 307, 308])(
    'does not follow a redirect (%i): what is there may take it for a question',
    async (status) => {
      const asked: string[] = []
      const url = await serve((request, response) => {
        asked.push(`${request.method} ${request.url}`)
        response.writeHead(request.url === '/' ? status : 200, { location: '/elsewhere' }).end()
      })
      expect(await errorOf(door().request(url, { method: 'POST', ...BODY, once: true }))).toMatchObject({
        kind: 'invalid-response',
        message: 'redirects to another address',
      })
      expect(asked).toEqual(['POST /'])
    },
  )

  it('is taken when the status says so, whatever becomes of the body', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half')
    })
    const options = { method: 'POST', ...BODY, once: true, ignoreBody: true, bodyTimeoutMs: 50 } as const
    expect(await door().request(url, options)).toMatchObject({ status: 200, text: '' })
  })
})

import { describe, expect, it } from 'vitest'
import { closeServers, door, errorOf, NOW, serve } from './loopback'
import { createRequest } from './request'

describe('createRequest', () => {
  it('gives status, headers and the decoded text', async () => {
    const url = await serve((request, response) => {
      response.setHeader('etag', '"7"').end(`ü ${request.method} ${request.headers['user-agent']}`)
    })
    const answer = await door({ userAgent: 'Tester' }).request(url)
    expect(answer).toMatchObject({ status: 200, text: 'ü GET Tester', isNotModified: false })
    expect(answer.headers.get('etag')).toBe('"7"')
  })

  it('sends a POST with its body, and reads no body of a HEAD', async () => {
    const url = await serve(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      response.end(`${request.headers['content-type']} ${body}`)
    })
    const { request } = door()
    const posted = await request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[1]' })
    expect(posted.text).toBe('application/json [1]')
    expect(await request(url, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })

  it('keeps to two questions at a time per host', async () => {
    let now = 0
    let most = 0
    const url = await serve((_request, response) => {
      most = Math.max(most, ++now)
      setImmediate(() => {
        now--
        response.end('ok')
      })
    })
    const { request } = door()
    await Promise.all(Array.from({ length: 20 }, () => request(url)))
    expect(most).toBe(2)
  })

  it('tells the counter of every question that goes out, retries too', async () => {
    const hosts: string[] = []
    let asked = 0
    const url = await serve((_request, response) => {
      response.statusCode = ++asked < 3 ? 503 : 200
      response.end()
    })
    await door({ onRequest: (host) => hosts.push(host) }).request(url)
    expect(hosts).toEqual([url.host, url.host, url.host])
  })

  it.each([408, 429, 500, 502, 503, 504])('retries HTTP %i with growing waits and then succeeds', async (status) => {
    let asked = 0
    const url = await serve((_request, response) => {
      response.statusCode = ++asked <= 3 ? status : 200
      response.end('there')
    })
    const { request, waits } = door()
    expect((await request(url)).text).toBe('there')
    expect(waits).toEqual([250, 500, 1000])
  })

  it.each([
    [400, 'invalid-response'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [410, 'not-found'],
    [418, 'invalid-response'],
    [501, 'unavailable'],
    [505, 'unavailable'],
    [511, 'unavailable'],
  ] as const)('gives up on HTTP %i at once as %s', async (status, kind) => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked++
      response.statusCode = status
      response.end()
    })
    const error = await errorOf(door().request(url))
    expect(error).toMatchObject({ kind, retryAt: null })
    expect(error.message).toContain(String(status))
    expect(asked).toBe(1)
  })

  it('gives up after the fourth retry', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked++
      response.statusCode = 503
      response.end()
    })
    expect(await errorOf(door().request(url))).toMatchObject({ kind: 'unavailable' })
    expect(asked).toBe(5)
  })

  it('returns a status that the caller accepts, with its text', async () => {
    const url = await serve((_request, response) => {
      response.statusCode = 404
      response.end('nothing')
    })
    expect(await door().request(url, { acceptStatus: [404] })).toMatchObject({ status: 404, text: 'nothing' })
  })

  it('says unavailable, after retries, where nobody listens', async () => {
    const url = await serve((_request, response) => response.end())
    await closeServers()
    const { request, waits } = door()
    const error = await errorOf(request(url))
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain('ECONNREFUSED')
    expect(waits).toHaveLength(4)
  })
})

describe('Retry-After', () => {
  it.each([
    ['seconds', '7'],
    ['a date', new Date(NOW.getTime() + 7000).toUTCString()],
  ])('is obeyed as %s', async (_form, value) => {
    let asked = 0
    const url = await serve((_request, response) => {
      if (++asked === 1) response.writeHead(429, { 'retry-after': value })
      response.end('ok')
    })
    const { request, waits } = door()
    expect((await request(url)).text).toBe('ok')
    expect(waits[0]).toBe(7000)
  })

  it('that is too long is told instead of waited for, and the host is left alone until then', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked++
      response.writeHead(429, { 'retry-after': '3600' }).end()
    })
    const { request, waits } = door()
    const later = new Date(NOW.getTime() + 3_600_000)
    expect(await errorOf(request(url))).toMatchObject({ kind: 'rate-limited', retryAt: later })
    expect(await errorOf(request(new URL('other', url)))).toMatchObject({ kind: 'rate-limited', retryAt: later })
    expect(asked).toBe(1)
    expect(waits).toEqual([])
  })

  it('holds nobody back once its time has come', async () => {
    let asked = 0
    let now = NOW
    const url = await serve((_request, response) => {
      if (++asked === 1) response.writeHead(429, { 'retry-after': '3600' })
      response.end('ok')
    })
    const { request } = door({ now: () => now })
    await errorOf(request(url))
    now = new Date(NOW.getTime() + 3_600_000)
    expect((await request(url)).text).toBe('ok')
  })

  it('is read from the budget of GitHub on its 403', async () => {
    const reset = NOW.getTime() / 1000 + 1800
    const url = await serve((_request, response) => {
      response.writeHead(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }).end()
    })
    expect(await errorOf(door().request(url))).toMatchObject({
      kind: 'rate-limited',
      retryAt: new Date(reset * 1000),
    })
  })

  it('is not guessed where the host names no time', async () => {
    const url = await serve((_request, response) => response.writeHead(429, { 'retry-after': 'soon' }).end())
    expect(await errorOf(door().request(url))).toMatchObject({ kind: 'rate-limited', retryAt: null })
  })
})

describe('limits of time and size', () => {
  const once = { retries: 0 }

  it('end a question without headers as timeout', async () => {
    const url = await serve(() => {})
    const error = await errorOf(door(once).request(url, { timeoutMs: 30 }))
    expect(error).toMatchObject({ kind: 'timeout', message: 'no answer in time' })
  })

  it('end a stalled body as timeout', async () => {
    const url = await serve((_request, response) => {
      response.write('a beginning')
    })
    const error = await errorOf(door(once).request(url, { timeoutMs: 5000, bodyTimeoutMs: 30 }))
    expect(error).toMatchObject({ kind: 'timeout', message: 'the answer stalled' })
  })

  it('do not mistake a truncated body for a whole one', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"half":', () => response.destroy())
    })
    const error = await errorOf(door(once).request(url))
    expect(error).toMatchObject({ kind: 'invalid-response', message: 'the answer broke off' })
  })

  it('try a truncated body again', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '5' })
      if (++asked === 1) response.write('ha', () => response.destroy())
      else response.end('whole')
    })
    expect((await door().request(url)).text).toBe('whole')
  })

  it('stop an endless body at the size limit, once', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked++
      const more = () => {
        while (response.write('x'.repeat(10_000))) if (response.destroyed) return
      }
      response.on('drain', more)
      more()
    })
    const error = await errorOf(door().request(url, { maxBytes: 100_000 }))
    expect(error.kind).toBe('too-large')
    expect(asked).toBe(1)
  })

  it('let a body of just the limit pass', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(1000)))
    expect((await door().request(url, { maxBytes: 1000 })).text).toHaveLength(1000)
    expect(await errorOf(door().request(url, { maxBytes: 999 }))).toMatchObject({ kind: 'too-large' })
  })

  it('do not outlast the program that stops in the middle of a wait, or before a question', async () => {
    const stop = new AbortController()
    const reason = new Error('stopping')
    let asked = 0
    const url = await serve((_request, response) => {
      asked++
      response.writeHead(503, { 'retry-after': '50' }).end()
      setImmediate(() => stop.abort(reason))
    })
    const request = createRequest({ signal: stop.signal })
    await expect(request(url)).rejects.toBe(reason)
    await expect(request(url)).rejects.toBe(reason)
    expect(asked).toBe(1)
  })

  it('give way to the program that stops, whose reason is thrown as it is', async () => {
    const stop = new AbortController()
    const reason = new Error('stopping')
    const url = await serve(() => stop.abort(reason))
    await expect(door({ signal: stop.signal }).request(url)).rejects.toBe(reason)
  })
})

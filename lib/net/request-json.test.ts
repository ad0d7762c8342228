import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRequest } from './request'
import { requestJson, requestJsonIfChanged } from './request-json'

const URL_ASKED = new URL('https://ci.example/list?token=hush')
const Schema = z.object({ items: z.array(z.object({ name: z.string() })) })

function answering(body: string, init: ResponseInit = {}) {
  return createRequest({ fetch: async () => new Response(body, init), retries: 0 })
}

describe('requestJson', () => {
  it('parses the document and keeps its etag', async () => {
    const request = answering('{"items":[{"name":"a","new":1}],"more":true}', { headers: { etag: '"e"' } })
    expect(await requestJson(request, URL_ASKED, Schema)).toEqual({ data: { items: [{ name: 'a' }] }, etag: '"e"' })
  })

  it('asks for JSON and passes the headers of the caller on', async () => {
    let sent = new Headers()
    const request = createRequest({
      fetch: async (_url, init) => {
        sent = new Headers(init?.headers)
        return new Response('{"items":[]}')
      },
    })
    await requestJson(request, URL_ASKED, Schema, { headers: { authorization: 'Bearer x' } })
    expect([sent.get('accept'), sent.get('authorization')]).toEqual(['application/json', 'Bearer x'])
  })

  it.each([
    ['an HTML page', '<!doctype html><title>Sign in</title>', 'answered with an HTML page instead of JSON'],
    ['an empty body', '', 'answered with an empty body instead of JSON'],
    ['half a document', '{"items":[', 'answered with text that is no JSON instead of JSON'],
    ['a wrong shape', '{"items":[{"name":"a"},{"name":7}]}', expect.stringMatching(/^items\[1\]\.name: /)],
    ['null', 'null', expect.stringMatching(/^the answer: /)],
  ])('takes %s for an invalid response and says what is wrong', async (_case, body, message) => {
    await expect(requestJson(answering(body), URL_ASKED, Schema)).rejects.toMatchObject({
      kind: 'invalid-response',
      address: 'https://ci.example/list?token=***',
      message,
    })
  })
})

describe('requestJsonIfChanged', () => {
  it('tells a document that has not changed from one that has', async () => {
    const request = createRequest({
      fetch: async (_url, init) =>
        new Headers(init?.headers).get('if-none-match') === '"1"'
          ? new Response(null, { status: 304 })
          : new Response('{"items":[]}', { headers: { etag: '"1"' } }),
    })
    expect(await requestJsonIfChanged(request, URL_ASKED, Schema, { etag: '"1"' })).toBe('not-modified')
    expect(await requestJsonIfChanged(request, URL_ASKED, Schema, { etag: '"0"' })).toMatchObject({ etag: '"1"' })
  })
})

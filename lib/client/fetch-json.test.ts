import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fetchJson } from './fetch-json'

const schema = z.object({ total: z.number() })
const answering = (body: string, status = 200) => ({ fetch: async () => new Response(body, { status }) })

describe('fetchJson', () => {
  it('gives what the schema accepts', async () => {
    await expect(fetchJson('/x', schema, answering('{"total":3}'))).resolves.toEqual({ total: 3 })
  })

  it.each([
    [
      'a problem by its title',
      '{"type":"about:blank","title":"Parameter \\"sort\\" must be one of name","status":400}',
      400,
      'Parameter "sort" must be one of name.',
    ],
    ['an error page by its status', '<html>', 502, 'The server answered with HTTP 502.'],
    ['a page in place of an answer', '<html>', 200, 'not understood'],
    ['an answer of another shape', '{"total":"3"}', 200, 'not understood'],
  ])('tells %s', async (_name, body, status, words) => {
    await expect(fetchJson('/x', schema, answering(body, status))).rejects.toThrow(words)
  })

  it('takes no stored answer without asking whether it still holds', async () => {
    let asked: RequestInit | undefined
    const fetch = async (_: unknown, init?: RequestInit) => {
      asked = init
      return new Response('{"total":3}')
    }
    await fetchJson('/x', schema, { fetch })
    expect(asked?.cache).toBe('no-cache')
  })

  it('tells a server that cannot be reached', async () => {
    const fetch = async () => {
      throw new TypeError('Failed to fetch')
    }
    await expect(fetchJson('/x', schema, { fetch })).rejects.toThrow('cannot be reached')
  })
})

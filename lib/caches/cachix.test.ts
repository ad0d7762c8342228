import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRequest } from '@/lib/net/request'
import { cachixCache } from './cachix'
import { encodeNix32 } from './nix32'

interface Asked {
  readonly method: string
  readonly url: string
  readonly authorization: string | null
  readonly digests: readonly string[]
}

/** A Cachix cache before a server that answers the bulk question by `reply`. */
function cacheBefore(reply: (digests: readonly string[]) => Response, token?: string) {
  const asked: Asked[] = []
  const request = createRequest({
    retries: 0,
    fetch: async (input, init) => {
      const { method, url, headers } = new Request(input, init)
      const digests = typeof init?.body === 'string' ? JSON.parse(init.body) : []
      asked.push({ method, url, authorization: headers.get('authorization'), digests })
      return reply(digests)
    },
  })
  const [url, api] = ['https://demo.cachix.example', 'https://cachix.example/proxy']
  return { asked, cache: cachixCache({ id: 'demo', name: 'demo', url, api, publicKeys: [], token, request }) }
}

const digestOf = (number: number) => encodeNix32(Uint8Array.from({ length: 20 }, (_, index) => number >> (index * 8)))
const digests = (count: number) => Array.from({ length: count }, (_, number) => digestOf(number))

describe('askMissing', () => {
  it('asks once for each digest, in batches of at most 1,000', async () => {
    const { cache, asked } = cacheBefore(() => Response.json([]))
    const wanted = digests(2_500)
    await cache.askMissing([...wanted, ...wanted.slice(0, 700)])
    expect(asked.map((question) => question.digests.length)).toEqual([1_000, 1_000, 500])
    expect(asked.flatMap((question) => question.digests)).toEqual(wanted)
    expect(new Set(asked.map(({ method, url }) => `${method} ${url}`))).toEqual(
      new Set(['POST https://cachix.example/proxy/api/v1/cache/demo/narinfo']),
    )
  })

  it('gives exactly the missing ones, whatever else is in the answer and however often', async () => {
    const pool = fc.integer({ min: 0, max: 30 }).map(digestOf)
    await fc.assert(
      fc.asyncProperty(fc.array(pool), fc.array(fc.oneof(pool, fc.string())), async (wanted, gone) => {
        const missing = await cacheBefore(() => Response.json(gone)).cache.askMissing(wanted)
        expect([...missing].sort()).toEqual([...new Set(wanted)].filter((digest) => gone.includes(digest)).sort())
      }),
    )
  })

  it('asks nothing when nothing is wanted', async () => {
    const { cache, asked } = cacheBefore(() => Response.json([]))
    expect(await cache.askMissing([])).toEqual(new Set())
    expect(asked).toEqual([])
  })

  it('never says present of what no cache can hold, and does not send it', async () => {
    const { cache, asked } = cacheBefore(() => Response.json([]))
    expect(await cache.askMissing(['../../clear', digestOf(1)])).toEqual(new Set(['../../clear']))
    expect(asked.flatMap((question) => question.digests)).toEqual([digestOf(1)])
  })

  it.each([
    ['an HTML page', () => new Response('<html></html>')],
    ['half an answer', () => new Response('["abc"')],
    ['an object', () => Response.json({ missing: [] })],
    ['numbers', () => Response.json([1])],
    ['null', () => Response.json(null)],
    ['nothing', () => new Response('')],
  ])('throws instead of believing %s', async (_what, reply) => {
    await expect(cacheBefore(reply).cache.askMissing([digestOf(1)])).rejects.toMatchObject({
      kind: 'invalid-response',
      address: 'https://cachix.example/proxy/api/v1/cache/demo/narinfo',
    })
  })

  it('throws when one of several batches fails: half an answer would call the rest present', async () => {
    const { cache } = cacheBefore((batch) =>
      batch.length === 1_000 ? Response.json([]) : new Response('', { status: 500 }),
    )
    await expect(cache.askMissing(digests(1_001))).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

describe('readCacheRecord', () => {
  const record = { name: 'demo', uri: 'https://demo.cachix.example', isPublic: true, publicSigningKeys: ['k:x'] }

  it('reads what is known and drops the rest', async () => {
    const { cache, asked } = cacheBefore(() => Response.json({ ...record, permission: 'Read', more: 1 }))
    expect(await cache.readCacheRecord()).toEqual(record)
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://cachix.example/proxy/api/v1/cache/demo',
    ])
  })

  it('throws for another shape', async () => {
    const { cache } = cacheBefore(() => Response.json({ ...record, publicSigningKeys: 'k:x' }))
    await expect(cache.readCacheRecord()).rejects.toMatchObject({ kind: 'invalid-response' })
  })
})

it('sends a token as bearer to the API and as password to the cache host', async () => {
  const { cache, asked } = cacheBefore(() => Response.json([]), 'secret')
  await cache.askMissing([digestOf(1)])
  await cache.askPath(`/nix/store/${digestOf(1)}-x`)
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer secret', `Basic ${btoa(':secret')}`])
})

it('only ever reads: GET, HEAD, and the bulk question', async () => {
  const names = fc.string()
  await fc.assert(
    fc.asyncProperty(names, fc.array(names), names, async (path, wanted, reply) => {
      const { cache, asked } = cacheBefore(() => new Response(reply))
      const questions = [
        cache.askPath(`/nix/store/${digestOf(2)}-${path}`),
        cache.askPath(path),
        cache.askMissing([...wanted, digestOf(3)]),
        cache.readInfo(),
        cache.readCacheRecord(),
      ]
      await Promise.allSettled(questions)
      const allowed = /^((GET|HEAD) .*|POST .*\/api\/v1\/cache\/demo\/narinfo)$/
      expect(asked.map(({ method, url }) => `${method} ${url}`).filter((question) => !allowed.test(question))).toEqual(
        [],
      )
      expect(asked.length).toBeGreaterThanOrEqual(3)
    }),
  )
})

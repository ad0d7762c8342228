import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRequest } from '@/lib/net/request'
import { type BinaryCacheOptions, binaryCache } from './binary-cache'
import { NARINFO_BYTES_MAX } from './narinfo'

const FIXTURES = new URL('../../fixtures/nix-binary-cache/real-cache/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, FIXTURES), 'utf8')

const KEY = read('expected/trusted-keys.txt').trim()
const DIGEST = '8mh4hwz7wrsxwgx6s558ykydqqam4g5c'
const PATH = `/nix/store/${DIGEST}-leaf-data-1.0`
const SIGNED = read(`xz/${DIGEST}.narinfo`)
const CONTENT_ADDRESSED = '/nix/store/2xhdsnjan0rvw53vv8cvpvhvqbkjdky9-added-dir'

type Reply = () => Response

/** A cache before which every question gets the same reply, and the questions that it got. */
function cacheBefore(reply: Reply, overrides: Partial<BinaryCacheOptions> = {}) {
  const asked: Request[] = []
  const request = createRequest({
    retries: 0,
    fetch: async (input, init) => {
      asked.push(new Request(input, init))
      return reply()
    },
  })
  const cache = binaryCache({ id: 'c', url: 'https://cache.example/sub', publicKeys: [KEY], request, ...overrides })
  return { cache, asked }
}

const ok =
  (body: BodyInit, headers: Record<string, string> = {}) =>
  () =>
    new Response(body, { headers })
const status = (code: number) => () => new Response('<Error><Code>AccessDenied</Code></Error>', { status: code })

describe('askPath', () => {
  it('trusts a narinfo that a configured key signed, and says by whom and how large', async () => {
    const { cache, asked } = cacheBefore(ok(SIGNED))
    expect(await cache.askPath(PATH)).toEqual({
      kind: 'present',
      narinfo: {
        isTrusted: true,
        reason: null,
        signature: 'valid',
        signedBy: 'contract-test.example-1',
        narSize: 128,
        fileSize: Number(/FileSize: (\d+)/.exec(SIGNED)?.[1]),
      },
    })
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET https://cache.example/sub/${DIGEST}.narinfo`,
    ])
  })

  it('trusts an unsigned content-addressed path that its address proves', async () => {
    const { cache } = cacheBefore(ok(read('unsigned/2xhdsnjan0rvw53vv8cvpvhvqbkjdky9.narinfo')))
    const narinfo = { isTrusted: true, signature: 'content-addressed', signedBy: null }
    expect(await cache.askPath(CONTENT_ADDRESSED)).toMatchObject({ kind: 'present', narinfo })
  })

  it.each([
    ['signed by a key that is not configured', ok(SIGNED), PATH, [], 'unknown-key'],
    ['unsigned', ok(read(`unsigned/${DIGEST}.narinfo`)), PATH, [KEY], 'none'],
    ['about another name with this digest', ok(SIGNED), `/nix/store/${DIGEST}-leaf-data-2.0`, [KEY], 'valid'],
    ['about another digest', ok(SIGNED), `/nix/store/${'0'.repeat(32)}-leaf-data-1.0`, [KEY], 'valid'],
    ['of another store', ok(SIGNED), `/gnu/store/${DIGEST}-leaf-data-1.0`, [KEY], 'none'],
    ['cut short', ok(SIGNED.slice(0, 150)), PATH, [KEY], 'none'],
    ['a JSON error with status 200', ok('{"error":"no"}'), PATH, [KEY], 'none'],
    ['empty', ok(''), PATH, [KEY], 'none'],
    ['larger than any narinfo', ok('x'.repeat(NARINFO_BYTES_MAX + 1)), PATH, [KEY], 'none'],
  ])('finds it untrusted when it is %s', async (_what, reply, path, publicKeys, signature) => {
    const answer = await cacheBefore(reply, { publicKeys }).cache.askPath(path)
    const narinfo = { isTrusted: false, signature, reason: expect.stringMatching(/\w/) }
    expect(answer).toMatchObject({ kind: 'present', narinfo })
  })

  it.each([
    [404, 'absent'],
    [410, 'absent'],
    [403, 'forbidden'],
    [204, 'unreachable'],
    [400, 'unreachable'],
    [401, 'unreachable'],
    [407, 'unreachable'],
    [429, 'unreachable'],
    [500, 'unreachable'],
    [501, 'unreachable'],
    [503, 'unreachable'],
    [522, 'unreachable'],
  ])('reads status %i as %s', async (code, kind) => {
    const reply = code === 204 ? () => new Response(null, { status: code }) : status(code)
    expect(await cacheBefore(reply).cache.askPath(PATH)).toMatchObject({ kind })
  })

  const zstd = Buffer.concat([Buffer.from('28b52ffd', 'hex'), Buffer.from('anything')])
  const broken: Reply = () => {
    throw new TypeError('fetch failed')
  }
  it.each([
    ['an HTML page', ok('\n<!doctype html><title>Just a moment: …</title>\n', { 'content-type': 'text/plain' })],
    ['an XML error with status 200', ok('<?xml version="1.0"?><Error/>')],
    ['zstd that nobody decoded', ok(zstd, { 'content-encoding': 'zstd' })],
    ['a broken connection', broken],
  ])('is unreachable, with a reason, for %s', async (_what, reply) => {
    const reason = expect.stringMatching(/\w/)
    expect(await cacheBefore(reply).cache.askPath(PATH)).toEqual({ kind: 'unreachable', reason })
  })

  it.each([
    '',
    'result',
    '/nix/store/../../etc/passwd',
    `/nix/store/${DIGEST}-a/b`,
    `/nix/store/${DIGEST.toUpperCase()}-a`,
  ])('asks nothing for "%s", which is no store path', async (path) => {
    const { cache, asked } = cacheBefore(ok(SIGNED))
    expect(await cache.askPath(path)).toMatchObject({ kind: 'unreachable' })
    expect(asked).toEqual([])
  })

  it('lets a fault of the program through instead of blaming the cache', async () => {
    const request = () => Promise.reject(new RangeError('ours'))
    await expect(cacheBefore(ok(''), { request }).cache.askPath(PATH)).rejects.toThrow(RangeError)
  })

  it('shows a token as Nix does, and to nobody without one', async () => {
    const [open, closed] = [cacheBefore(ok(SIGNED)), cacheBefore(ok(SIGNED), { token: 'secret' })]
    await Promise.all([open.cache.askPath(PATH), closed.cache.askPath(PATH)])
    const sent = [...open.asked, ...closed.asked].map(({ headers }) => headers.get('authorization'))
    expect(sent).toEqual([null, `Basic ${btoa(':secret')}`])
  })
})

describe('readInfo', () => {
  it.each([
    [
      'StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 40\n',
      { storeDir: '/nix/store', wantMassQuery: true, priority: 40 },
    ],
    [
      'StoreDir:/gnu/store  \r\nWantMassQuery: 0\r\nnonsense\nX: y',
      { storeDir: '/gnu/store', wantMassQuery: false, priority: null },
    ],
    [read('xz/nix-cache-info'), { storeDir: '/nix/store', wantMassQuery: false, priority: null }],
    ['Priority: soon\n', { storeDir: null, wantMassQuery: false, priority: null }],
  ])('reads %j', async (text, info) => {
    const { cache, asked } = cacheBefore(ok(text))
    expect(await cache.readInfo()).toEqual(info)
    expect(asked.map(({ url }) => url)).toEqual(['https://cache.example/sub/nix-cache-info'])
  })

  it.each([
    ['invalid-response', ok('<html>StoreDir: /nix/store</html>')],
    ['invalid-response', ok('{"StoreDir":"/nix/store"}')],
    ['invalid-response', ok('')],
    ['not-found', status(404)],
    ['forbidden', status(403)],
    ['unauthorized', status(401)],
    ['unavailable', status(503)],
  ])('throws %s for what is no such file', async (kind, reply) => {
    await expect(cacheBefore(reply).cache.readInfo()).rejects.toMatchObject({ name: 'UpstreamError', kind })
  })
})

it('refuses public keys that are none', () => {
  expect(() => cacheBefore(ok(''), { publicKeys: ['x:y'] })).toThrow(/base64/)
})

import { describe, expect, it } from 'vitest'
import { sampleFeed } from '@/components/feeds/sample-feed'
import type { FeedAsked } from '@/lib/contract/feed'
import { answerFeed } from './answer-feed'

const asked: FeedAsked[] = []
const knowing = (feed: ReturnType<typeof sampleFeed> | null) => async (one: FeedAsked) => {
  asked.push(one)
  return feed
}
const ask = (
  path: string,
  headers: Record<string, string> = {},
  feed: ReturnType<typeof sampleFeed> | null = sampleFeed(),
) => answerFeed(new Request(`http://localhost${path}`, { headers }), knowing(feed))

describe('The address of a feed', () => {
  it.each([
    ['/feed.atom', { kind: 'all' }],
    ['/feed/nixos-unstable.atom', { kind: 'branch', branch: 'nixos-unstable' }],
    ['/feed/nixos-22.05.atom', { kind: 'branch', branch: 'nixos-22.05' }],
    ['/feed/packages.atom', { kind: 'branch', branch: 'packages' }],
    ['/feed/packages/python3Packages.jax.atom', { kind: 'package', package: 'python3Packages.jax' }],
    ['/feed/packages/a%2Fb%20c.atom', { kind: 'package', package: 'a/b c' }],
  ])('%s names what it tells of', async (path, expected) => {
    const answer = await ask(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(asked.at(-1)).toEqual(expected)
  })

  it.each([
    '/feed/nixos-unstable.rss',
    '/feed/nixos-unstable',
    '/feed/.atom',
    '/feed/a/b.atom',
    '/feed/packages/a/b.atom',
  ])('%s is none: a problem that tells which there are', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ title: expect.stringContaining('/feed/{branch}.atom') })
  })

  it('of a branch or package that there is not is a problem', async () => {
    for (const [path, word] of [
      ['/feed/nowhere.atom', 'branch'],
      ['/feed/packages/nothing.atom', 'package'],
    ] as const) {
      const answer = await ask(path, {}, null)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({ title: expect.stringContaining(`no ${word}`) })
    }
  })
})

describe('A feed that the caller holds', () => {
  it('is answered by 304 to its ETag, and to its date where no tag is sent', async () => {
    const first = await ask('/feed.atom')
    const etag = first.headers.get('etag') ?? ''
    const date = first.headers.get('last-modified') ?? ''
    expect(date).toBe('Sat, 21 Nov 2026 07:15:00 GMT')
    expect(first.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=300')
    const again = async (headers: Record<string, string>) => (await ask('/feed.atom', headers)).status
    expect(await again({ 'if-none-match': etag })).toBe(304)
    expect(await again({ 'if-modified-since': date })).toBe(304)
    expect(await again({ 'if-modified-since': 'Sat, 21 Nov 2026 07:14:59 GMT' })).toBe(200)
    expect(await again({ 'if-modified-since': 'yesterday' })).toBe(200)
    expect(await again({ 'if-none-match': '"another"', 'if-modified-since': date })).toBe(200)
  })

  it('is sent again when it has another entry', async () => {
    const etag = (await ask('/feed.atom')).headers.get('etag') ?? ''
    const other = sampleFeed({ entries: [] })
    expect((await ask('/feed.atom', { 'if-none-match': etag }, other)).status).toBe(200)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRequest } from '@/lib/net/request'
import { type GithubSettings, githubRepository } from './github'

const LOCK = readFileSync(new URL('../../../fixtures/flake-locks/01ef0b7.flake.lock', import.meta.url), 'utf8')
const REVISION = '01ef0b7'.padEnd(40, '0')
const NOW = new Date('2026-11-23T12:00:00Z')
const HEAD = {
  sha: 'b'.repeat(40),
  commit: { author: { date: '2026-01-01T00:00:00Z' }, committer: { date: '2026-11-22T08:00:00Z' }, message: 'x' },
  files: [],
}

/** A repository whose host answers as `answer` does; keeps what was asked. */
function repository(answer: (url: URL, headers: Headers) => Response, settings: Partial<GithubSettings> = {}) {
  const asked: { url: string; headers: Headers }[] = []
  const request = createRequest({
    now: () => NOW,
    sleep: async () => {},
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const headers = new Headers(init?.headers)
      asked.push({ url: url.href, headers })
      return answer(url, headers)
    },
  })
  const base = { api: 'https://api.github.com/', owner: 'SomeoneSerge', name: 'nixpkgs-unfree', request }
  return { asked, repository: githubRepository({ ...base, ...settings }) }
}

describe('readLock', () => {
  it('reads the file at the revision through the contents API', async () => {
    const { repository: github, asked } = repository(() => new Response(LOCK))
    expect(await github.readLock(REVISION, 'nixpkgs-release')).toEqual({
      kind: 'locked',
      revision: 'a2e1d0414259a144ebdc048408a807e69e0565af',
      date: new Date(1717530100 * 1000),
      ref: 'nixos-23.11',
      owner: 'NixOS',
      repo: 'nixpkgs',
    })
    const place = 'https://api.github.com/repos/SomeoneSerge/nixpkgs-unfree/contents/flake.lock'
    expect(asked.map(({ url }) => url)).toEqual([`${place}?ref=${REVISION}`])
    expect(asked[0]?.headers.get('accept')).toBe('application/vnd.github.raw+json')
    expect(asked[0]?.headers.has('authorization')).toBe(false)
  })

  it('asks once for a file that serves many inputs, even at the same moment', async () => {
    const { repository: github, asked } = repository(() => new Response(LOCK))
    await Promise.all(['nixpkgs', 'nixpkgs-master', 'nixpkgs-release'].map((input) => github.readLock(REVISION, input)))
    await github.readLock(REVISION, 'nixpkgs-nixos-unstable')
    expect(asked).toHaveLength(1)
  })

  it('asks again after a failure', async () => {
    let isUp = false
    const { repository: github } = repository(() => (isUp ? new Response(LOCK) : new Response('', { status: 404 })))
    await expect(github.readLock(REVISION, 'nixpkgs')).rejects.toMatchObject({ kind: 'not-found' })
    isUp = true
    expect(await github.readLock(REVISION, 'nixpkgs')).toMatchObject({ kind: 'locked' })
  })

  it('reads from a host of raw files where one is named, which never gets the token', async () => {
    const settings = { raw: 'https://raw.example/files', token: 'hush' }
    const { repository: github, asked } = repository(() => new Response(LOCK), settings)
    expect(await github.readLock(REVISION, 'nixpkgs')).toMatchObject({ ref: 'master' })
    expect(asked[0]?.url).toBe(`https://raw.example/files/SomeoneSerge/nixpkgs-unfree/${REVISION}/flake.lock`)
    expect(asked[0]?.headers.has('authorization')).toBe(false)
  })

  it('sends the token to the API, and not to where it redirects', async () => {
    const { repository: github, asked } = repository(
      ({ host }) =>
        host === 'api.github.com'
          ? new Response(null, { status: 302, headers: { location: 'https://objects.example/lock' } })
          : new Response(LOCK),
      { token: 'hush' },
    )
    await github.readLock(REVISION, 'nixpkgs')
    expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer hush', null])
  })

  it('says with the address what is wrong in a file that tells nothing', async () => {
    const { repository: github } = repository(() => new Response('not json'))
    expect(await github.readLock(REVISION, 'nixpkgs')).toEqual({
      kind: 'unreadable',
      address: `https://api.github.com/repos/SomeoneSerge/nixpkgs-unfree/contents/flake.lock?ref=${REVISION}`,
      reason: 'flake.lock is no lock file that can be read',
    })
  })

  it('takes a page in the place of the file for a fault of the host, not of the file', async () => {
    const { repository: github } = repository(() => new Response('<!doctype html><title>Unicorn!</title>'))
    await expect(github.readLock(REVISION, 'nixpkgs')).rejects.toMatchObject({ kind: 'invalid-response' })
  })

  it('tells when the hourly budget is back once it is spent', async () => {
    const reset = NOW.getTime() / 1000 + 1200
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
    const { repository: github, asked } = repository(() => new Response('{}', { status: 403, headers }))
    const retryAt = new Date(reset * 1000)
    await expect(github.readLock(REVISION, 'nixpkgs')).rejects.toMatchObject({ kind: 'rate-limited', retryAt })
    await expect(github.readBranchHead('master')).rejects.toMatchObject({ kind: 'rate-limited', retryAt })
    expect(asked).toHaveLength(1)
  })
})

describe('readBranchHead', () => {
  it('reads revision, committer date and etag of the newest commit', async () => {
    const { repository: github, asked } = repository(
      () => new Response(JSON.stringify(HEAD), { headers: { etag: 'W/"1"' } }),
      { owner: 'NixOS', name: 'nixpkgs', token: 'hush' },
    )
    expect(await github.readBranchHead('nixos-unstable')).toEqual({
      revision: 'b'.repeat(40),
      date: new Date('2026-11-22T08:00:00Z'),
      etag: 'W/"1"',
    })
    expect(asked[0]?.url).toBe('https://api.github.com/repos/NixOS/nixpkgs/commits/nixos-unstable?per_page=1')
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer hush')
  })

  it('asks with the etag and tells that nothing changed', async () => {
    const { repository: github } = repository((_url, headers) =>
      headers.get('if-none-match') === 'W/"1"' ? new Response(null, { status: 304 }) : new Response('{}'),
    )
    expect(await github.readBranchHead('master', 'W/"1"')).toBe('not-modified')
  })

  it.each([404, 422])('takes HTTP %i for a branch that does not exist', async (status) => {
    const { repository: github } = repository(() => new Response('{"message":"No commit found"}', { status }))
    expect(await github.readBranchHead('nixos-99.11')).toBe('absent')
  })

  it('keeps a slash in a branch name inside its segment', async () => {
    const { repository: github, asked } = repository(() => new Response(JSON.stringify(HEAD)))
    await github.readBranchHead('backport/../../x')
    expect(asked[0]?.url).toContain('/commits/backport%2F..%2F..%2Fx?')
  })

  it.each([
    ['a wrong shape', '{"sha":"main"}'],
    ['an HTML page', '<html>'],
    ['an empty body', ''],
  ])('takes %s for an invalid response', async (_case, body) => {
    const { repository: github } = repository(() => new Response(body))
    await expect(github.readBranchHead('master')).rejects.toMatchObject({ kind: 'invalid-response' })
  })

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [500, 'unavailable'],
  ] as const)('does not take HTTP %i for a missing branch', async (status, kind) => {
    const { repository: github } = repository(() => new Response('', { status }))
    await expect(github.readBranchHead('master')).rejects.toMatchObject({ kind })
  })
})

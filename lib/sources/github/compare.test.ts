import { describe, expect, it } from 'vitest'
import { createRequest } from '@/lib/net/request'
import { githubCommits } from './compare'
import type { GithubSettings } from './github'

const BASE = 'a'.repeat(40)
const HEAD = 'b'.repeat(40)
const NOW = new Date('2026-11-23T12:00:00Z')
const person = (date: string) => ({ name: 'Ada', email: 'ada@example.org', date })
const COMMIT = {
  sha: HEAD,
  html_url: `https://github.com/NixOS/nixpkgs/commit/${HEAD}`,
  commit: {
    message: 'python3Packages.torch: 2.2.2 -> 2.3.0\n\nLong reasons\n',
    author: person('2026-11-20T00:00:00Z'),
    committer: person('2026-11-21T02:00:00+02:00'),
  },
}

/** A repository whose host answers as `answer` does; keeps what was asked. */
function repository(answer: (url: URL) => Response, settings: Partial<GithubSettings> = {}) {
  const asked: { url: string; headers: Headers }[] = []
  const request = createRequest({
    now: () => NOW,
    sleep: async () => {},
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      asked.push({ url: url.href, headers: new Headers(init?.headers) })
      return answer(url)
    },
  })
  const base = { api: 'https://api.github.com', owner: 'NixOS', name: 'nixpkgs', request }
  return { asked, commits: githubCommits({ ...base, ...settings }) }
}

function comparing(body: object, headers: Record<string, string> = {}) {
  const answer = { status: 'ahead', total_commits: 1, commits: [COMMIT], files: [], ...body }
  return repository(() => new Response(JSON.stringify(answer), { headers }))
}

describe('readCommits', () => {
  it('asks for one page of a range, with the token, and reads first lines and committer dates', async () => {
    const { commits, asked } = repository(
      () =>
        new Response(JSON.stringify({ status: 'ahead', total_commits: 312, commits: [COMMIT] }), {
          headers: { 'x-ratelimit-remaining': '57' },
        }),
      { token: 'hush' },
    )
    expect(await commits.readCommits({ base: BASE, head: HEAD }, 3)).toEqual({
      ancestry: 'ahead',
      totalCommits: 312,
      commits: [
        { sha: HEAD, subject: 'python3Packages.torch: 2.2.2 -> 2.3.0', date: new Date('2026-11-21T00:00:00Z') },
      ],
      remaining: 57,
    })
    expect(asked[0]?.url).toBe(
      `https://api.github.com/repos/NixOS/nixpkgs/compare/${BASE}...${HEAD}?per_page=100&page=3`,
    )
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer hush')
  })

  it.each(['identical', 'behind', 'diverged'] as const)('tells when the head is %s', async (status) => {
    const { commits } = comparing({ status })
    expect(await commits.readCommits({ base: BASE, head: HEAD }, 1)).toMatchObject({ ancestry: status })
  })

  it('does not take a word that it does not know for progress', async () => {
    const { commits } = comparing({ status: 'sideways' })
    expect(await commits.readCommits({ base: BASE, head: HEAD }, 1)).toMatchObject({ ancestry: 'unknown' })
  })

  it('leaves out commits that do not parse and keeps those without a date that can be read', async () => {
    const undated = { ...COMMIT, commit: { message: '\r\n x\u0000y\nz', author: null, committer: { date: 'soon' } } }
    const { commits } = comparing({ commits: [null, { sha: 'main' }, undated] })
    const page = await commits.readCommits({ base: BASE, head: HEAD }, 1)
    expect(page).toMatchObject({ commits: [{ sha: HEAD, subject: 'x y', date: null }], remaining: null })
  })

  it.each([404, 422])('takes HTTP %i for a revision that the host does not have', async (status) => {
    const { commits } = repository(() => new Response('{"message":"Not Found"}', { status }))
    expect(await commits.readCommits({ base: BASE, head: HEAD }, 1)).toBe('absent')
    expect(await commits.readCommitFiles(HEAD)).toBe('absent')
  })

  it('tells when the hourly budget is back, and asks no more before', async () => {
    const reset = NOW.getTime() / 1000 + 1200
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
    const { commits, asked } = repository(() => new Response('{}', { status: 403, headers }))
    const refused = { kind: 'rate-limited', retryAt: new Date(reset * 1000) }
    await expect(commits.readCommits({ base: BASE, head: HEAD }, 1)).rejects.toMatchObject(refused)
    await expect(commits.readCommitFiles(HEAD)).rejects.toMatchObject(refused)
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['a wrong shape', '{"commits":{}}'],
    ['an HTML page', '<html>'],
    ['an empty body', ''],
  ])('takes %s for an invalid response', async (_case, body) => {
    const { commits } = repository(() => new Response(body))
    await expect(commits.readCommits({ base: BASE, head: HEAD }, 1)).rejects.toMatchObject({ kind: 'invalid-response' })
  })

  it('keeps a hostile revision inside its segment', async () => {
    const { commits, asked } = comparing({})
    await commits.readCommits({ base: '../../x', head: '?y#z' }, 1)
    expect(asked[0]?.url).toContain('/compare/..%2F..%2Fx...%3Fy%23z?per_page')
  })
})

describe('readCommitFiles', () => {
  it('reads the paths that a commit changes', async () => {
    const filename = 'pkgs/development/python-modules/torch/default.nix'
    const { commits, asked } = repository(() => new Response(JSON.stringify({ ...COMMIT, files: [{ filename }] })))
    expect(await commits.readCommitFiles(HEAD)).toEqual({ files: [filename], remaining: null })
    expect(asked[0]?.url).toBe(`https://api.github.com/repos/NixOS/nixpkgs/commits/${HEAD}?per_page=100`)
  })

  it('reads none of a commit without files', async () => {
    const { commits } = repository(() => new Response(JSON.stringify(COMMIT)))
    expect(await commits.readCommitFiles(HEAD)).toMatchObject({ files: [] })
  })
})

import { describe, expect, it } from 'vitest'
import { errorOf, NOW } from '@/lib/net/loopback'
import { createRequest } from '@/lib/net/request'
import { githubIssuesReceiver } from './github-issues'
import type { KnownIssue, Notice } from './receiver'
import { type GithubServer, githubServer } from './testing/github-server'
import { CAUSE, sampleEvent } from './testing/sample-event'
import { HOSTILE, sampleNotice } from './testing/sample-notice'

function receiverOf({ url, token }: GithubServer) {
  const settings = { id: 'issues', api: url, owner: 'o', name: 'n', token, labels: ['broken'] }
  return githubIssuesReceiver({ ...settings, request: createRequest({ now: () => NOW }) })
}

const broke = (key: string, given: Partial<Notice> = {}, branch = 'nixos-unstable') =>
  sampleNotice(sampleEvent({ key, branch }), given)
const fixed = (key: string, cause: Notice['cause']) => sampleNotice(sampleEvent({ key, kind: 'fixed' }), { cause })

describe('The issue of a root cause', () => {
  it('is opened, commented, closed once nothing is broken, and opened again when the cause returns', async () => {
    const github = await githubServer()
    const receiver = receiverOf(github)
    let issue: KnownIssue | null = null
    const tell = async (notice: Notice, isBroken: boolean) => {
      issue = await receiver.send({ ...notice, cause: { isBroken, issue } })
      return issue
    }
    expect(await tell(broke('e1'), true)).toEqual({ number: 7, isOpen: true })
    expect(github.issues).toMatchObject([{ title: 'magma-2.6.2 is broken', labels: ['broken'], state: 'open' }])
    expect(await tell(broke('e2', {}, 'master'), true)).toEqual({ number: 7, isOpen: true })
    expect(await tell(fixed('e3', { isBroken: true, issue: null }), true)).toEqual({ number: 7, isOpen: true })
    expect(await tell(fixed('e4', { isBroken: false, issue: null }), false)).toEqual({ number: 7, isOpen: false })
    expect(github.issues[0]?.state).toBe('closed')
    expect(await tell(broke('e5'), true)).toEqual({ number: 7, isOpen: true })
    expect(github.issues).toHaveLength(1)
    expect(github.issues[0]).toMatchObject({ state: 'open', comments: Array(4).fill({}) })
    expect(github.issues[0]?.comments[0]?.body).toContain('broke on master')
  })

  it('is found by its marker when we have forgotten it, among hundreds', async () => {
    const github = await githubServer()
    const receiver = receiverOf(github)
    await receiver.send(broke('e1'))
    const others = Array.from({ length: 250 }, () => ({
      title: 'x',
      body: 'y',
      labels: [],
      state: 'open',
      comments: [],
    }))
    github.issues.push(...others.map((other, index) => ({ ...other, number: 100 + index })))
    expect(await receiver.send(broke('e2'))).toEqual({ number: 7, isOpen: true })
    expect(github.issues).toHaveLength(251)
    expect(github.issues[0]?.comments).toHaveLength(1)
  })

  it('is not opened twice when the answer to the first time was lost', async () => {
    const github = await githubServer()
    github.isLate = true
    github.disturb = (request) => {
      if (request.method === 'POST') request.socket.destroy()
      return request.method === 'POST'
    }
    expect(await errorOf(receiverOf(github).send(broke('e1')))).toMatchObject({ kind: 'unavailable' })
    github.disturb = null
    expect(await receiverOf(github).send(broke('e1', { isRepeat: true }))).toEqual({ number: 7, isOpen: true })
    expect(github.issues).toMatchObject([{ comments: [] }])
  })

  it('is not commented twice when the answer to the first time was lost', async () => {
    const github = await githubServer()
    const receiver = receiverOf(github)
    const issue = await receiver.send(broke('e1'))
    github.isLate = true
    github.disturb = (request) => {
      if (request.url?.endsWith('/comments')) request.socket.destroy()
      return request.url?.endsWith('/comments') ?? false
    }
    const again = broke('e2', { cause: { isBroken: true, issue } })
    expect(await errorOf(receiver.send(again))).toMatchObject({ kind: 'unavailable' })
    github.disturb = null
    expect(await receiver.send({ ...again, isRepeat: true })).toEqual(issue)
    expect(github.issues[0]?.comments).toHaveLength(1)
  })

  it('that was deleted is opened anew by the next breakage, and forgotten by a repair', async () => {
    const github = await githubServer()
    const receiver = receiverOf(github)
    const gone = { number: 3, isOpen: true }
    expect(await receiver.send(fixed('e1', { isBroken: false, issue: gone }))).toBeNull()
    const again = broke('e2', { cause: { isBroken: true, issue: gone }, isRepeat: true })
    expect(await receiver.send(again)).toEqual({ number: 7, isOpen: true })
  })

  it('is not opened for what has no root cause, nor for a repair of what was never told', async () => {
    const github = await githubServer()
    const receiver = receiverOf(github)
    const stale = sampleEvent({ kind: 'stale', cause: null, packages: [] })
    expect(await receiver.send(sampleNotice(stale))).toBeNull()
    expect(await receiver.send(fixed('e1', { isBroken: false, issue: null }))).toBeNull()
    expect(github.issues).toEqual([])
  })

  it('holds names as text: no markup, nobody is mentioned, nothing is linked', async () => {
    const github = await githubServer()
    const event = sampleEvent({ packages: [HOSTILE], cause: { ...CAUSE, name: HOSTILE } })
    await receiverOf(github).send(sampleNotice(event))
    const body = github.issues[0]?.body ?? ''
    expect(body).toContain('@<!-- -->octocat')
    expect(body).toContain('#<!-- -->1')
    expect(body).not.toMatch(/<img|[^\\]\]\(javascript|@octocat/)
    expect(github.issues[0]?.title).not.toMatch(/[\r\n]/)
  })

  it.each([
    ['a spent budget', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795435300' }, 1_795_435_300_000],
    ['too many at once', 403, { 'retry-after': '60' }, NOW.getTime() + 60_000],
    ['too many at once, in the other words', 429, { 'retry-after': '60' }, NOW.getTime() + 60_000],
  ])('waits as long as GitHub says after %s', async (_, status, headers, retryMs) => {
    const github = await githubServer()
    github.disturb = (_request, response) => {
      response.writeHead(status, headers).end('{}')
      return true
    }
    expect(await errorOf(receiverOf(github).send(broke('e1')))).toMatchObject({
      kind: 'rate-limited',
      retryAt: new Date(retryMs),
    })
  })

  it('is not opened by a test, which only looks whether it could be', async () => {
    const github = await githubServer()
    const test = { ...broke('e1'), event: null }
    expect(await receiverOf(github).send(test)).toBeNull()
    expect(github.requests).toEqual(['GET /repos/o/n'])
    github.disturb = (_request, response) => {
      response.end('{"has_issues":false}')
      return true
    }
    expect(await errorOf(receiverOf(github).send(test))).toMatchObject({ kind: 'forbidden' })
  })

  it('fails without telling the token', async () => {
    const github = await githubServer()
    const error = await errorOf(receiverOf({ ...github, token: 'hunter3' }).send(broke('e1')))
    expect(error).toMatchObject({ kind: 'unauthorized' })
    expect(`${error.stack} ${error.address}`).not.toContain('hunter')
  })
})

import { describe, expect, it } from 'vitest'
import { askPinNow } from './pin'

const answering =
  (status: number, body: unknown): typeof fetch =>
  () =>
    Promise.resolve(Response.json(body, { status }))
const problem = (status: number, title: string, members = {}) => ({ type: 'about:blank', status, title, ...members })
const NONE = {
  ...{ generatedAt: '2026-11-23T00:00:00Z', branch: 'master', branchTitle: 'master', packages: ['a'], blocked: [] },
  ...{ unread: 0, silentCaches: [], reason: 'none', detail: '', revisions: 0, checks: null, best: null },
}

describe('Asking for a pin', () => {
  it('takes a reasoned none for an answer', async () => {
    const answer = await askPinNow('master', ['a'], answering(404, problem(404, 'No revision', NONE)))
    expect(answer).toMatchObject({ kind: 'none', none: { title: 'No revision', branch: 'master' } })
  })

  it('tells an unknown name from a fault', async () => {
    const unknown = problem(404, 'There is no package a', { parameter: 'package' })
    expect(await askPinNow('master', ['a'], answering(404, unknown))).toEqual({
      kind: 'refused',
      parameter: 'package',
      title: 'There is no package a',
    })
    await expect(askPinNow('master', ['a'], answering(429, problem(429, 'Asked too often')))).rejects.toThrow(
      'Asked too often.',
    )
    await expect(askPinNow('master', ['a'], answering(502, '<html>'))).rejects.toThrow(
      'The server answered with HTTP 502.',
    )
  })

  it('says that the server is away', async () => {
    const away: typeof fetch = () => Promise.reject(new TypeError('fetch failed'))
    await expect(askPinNow('master', ['a'], away)).rejects.toThrow('The dashboard’s server cannot be reached.')
  })
})

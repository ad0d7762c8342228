import { describe, expect, it } from 'vitest'
import { SyncAcceptedSchema } from '@/lib/contract/sync'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import { type SyncInput, UnknownSourceError } from '@/lib/sync/start-sync'
import { type StartTools, startByRequest } from './start-by-request'

const now = new Date('2026-11-23T12:00:00Z')
const bearer = { authorization: 'Bearer right' }

function setUp(given: Partial<StartTools> = {}) {
  const inputs: SyncInput[] = []
  const tools: StartTools = {
    now,
    admitToken: (token) => ({ kind: token === 'right' ? 'admitted' : 'wrong-token' }),
    start: async (input) => {
      inputs.push(input)
      return { started: true, id: 'run-1' }
    },
    ...given,
  }
  const post = async (init: RequestInit) => {
    const request = new Request('http://localhost/api/v1/sync', { method: 'POST', ...init })
    return checkAnswer('POST /api/v1/sync', await startByRequest(request, tools))
  }
  return { post, inputs }
}

describe('POST /api/v1/sync', () => {
  it('starts a sync and answers 202 with its id', async () => {
    const { post, inputs } = setUp()
    const answer = await post({ headers: bearer })

    expect(answer.status).toBe(202)
    expect(SyncAcceptedSchema.parse(await answer.json())).toEqual({ id: 'run-1' })
    expect(inputs).toEqual([{ trigger: 'api', who: null, full: false }])
  })

  it('hands on the source and the wish for a full read', async () => {
    const { post, inputs } = setUp()
    await post({ headers: bearer, body: '{"source":"nixpkgs-unfree","full":true}' })

    expect(inputs).toEqual([{ trigger: 'api', who: null, source: 'nixpkgs-unfree', full: true }])
  })

  it('names the sync that runs already', async () => {
    const answer = await setUp({ start: async () => ({ started: false, id: 'other' }) }).post({ headers: bearer })

    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ id: 'other' })
  })

  it.each([{}, { authorization: 'Basic cmlnaHQ=' }, { authorization: 'Bearer ' }])(
    'asks for the token when the headers are %j',
    async (headers) => {
      const { post, inputs } = setUp()
      const answer = await post({ headers })

      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
      expect(inputs).toEqual([])
    },
  )

  it.each([
    [{ kind: 'wrong-token' }, 403],
    [{ kind: 'not-configured' }, 403],
    [{ kind: 'too-many-tries', retryAt: new Date('2026-11-23T12:01:30Z') }, 429],
  ] as const)('refuses when the token is %j', async (admission, status) => {
    const { post, inputs } = setUp({ admitToken: () => admission })
    const answer = await post({ headers: bearer })

    expect(answer.status).toBe(status)
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '90' : null)
    expect(inputs).toEqual([])
  })

  it.each([
    ['{"source":7}', 'source'],
    ['{"source":""}', 'source'],
    ['{"full":"yes"}', 'full'],
    ['{"sources":"a"}', 'sources'],
  ])('names the field that is wrong in %s', async (body, field) => {
    const { post, inputs } = setUp()
    const answer = await post({ headers: bearer, body })

    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ field, title: expect.stringContaining(`"${field}"`) })
    expect(inputs).toEqual([])
  })

  it.each(['[]', '"all"', '{', 'null x'])('refuses the body %s', async (body) => {
    expect((await setUp().post({ headers: bearer, body })).status).toBe(400)
  })

  it('tells about a source that is not configured', async () => {
    const start = async () => {
      throw new UnknownSourceError('There is no source "x". Configured: a.')
    }
    const answer = await setUp({ start }).post({ headers: bearer, body: '{"source":"x"}' })

    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ field: 'source', title: 'There is no source "x". Configured: a.' })
  })
})

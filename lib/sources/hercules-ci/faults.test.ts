import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ACCOUNT, NAMES, PROJECT, sample, sourceOf } from './sample-answers'

const ObjectSchema = z.looseObject({})
const job = (changes: Record<string, unknown> = {}) => ({ ...ObjectSchema.parse(sample('job')), ...changes })
const jobs = (...items: unknown[]) => ({ items, more: false })
const status = (code: number, body = '') => new Response(body, { status: code })

describe('odd words', () => {
  const evaluate = async (attribute: Record<string, unknown>) => {
    const body = {
      messages: [{ typ: 'Hint', message: 'x' }],
      attributes: [{ path: ['a'], ...attribute }],
      derivations: {},
    }
    const { results, error } = await sourceOf({ '/jobs/x/evaluation': body }).source.readEvaluation('x')
    expect(error).toBeNull()
    return results
  }

  it.each(['BuiltElsewhere', 'constructor', '__proto__', '', 'buildsuccess'])(
    'of a derivation (%j) are unknown',
    async (word) => {
      const value = { Ok: { status: word, derivationPath: '/nix/store/a.drv' } }
      expect(await evaluate({ value, typ: 'Regular' })).toMatchObject([{ status: 'unknown' }])
      expect(await evaluate({ value, typ: 'MustFail' })).toMatchObject([{ status: 'unknown' }])
    },
  )

  it('of an attribute type make no success, since nobody knows their rule', async () => {
    const value = { Ok: { status: 'BuildSuccess', derivationPath: '/nix/store/a.drv' } }
    expect(await evaluate({ value, typ: 'MustBeFast' })).toMatchObject([{ status: 'unknown', judgement: 'regular' }])
  })

  it('of a choice make an unknown result and do not hide the attribute', async () => {
    expect(await evaluate({ value: { Deferred: [] } })).toMatchObject([{ path: ['a'], status: 'unknown' }])
  })

  it('of an event are passed over', async () => {
    const info = ObjectSchema.parse(sample('derivation-success'))
    const events = [[{ Pondered: [] }, { Queued: { time: '2022-04-16T00:11:02.123456789012Z' } }]]
    const { source } = sourceOf({ [`${ACCOUNT}/derivations/d`]: { ...info, status: 'Pondering', events } })
    expect(await source.readDerivation('d', 'x')).toMatchObject({ status: 'unknown', attempts: [{ status: 'queued' }] })
  })

  it('of a job type are no runs, and of a phase run until the job ends', async () => {
    const items = [job({ id: 'a', jobType: 'OnReview' }), job({ id: 'b', jobPhase: 'Signing' })]
    const { runs, faults } = await sourceOf({ [`${PROJECT}/jobs`]: jobs(...items) }).source.listRuns(null)
    expect(runs).toMatchObject([{ externalId: 'b', state: 'finished', isEvaluating: false }])
    expect(faults).toEqual([])
  })

  it('one attribute named twice with two outcomes is unknown', async () => {
    const value = (word: string) => ({ Ok: { status: word, derivationPath: '/nix/store/a.drv' } })
    const attributes = ['BuildSuccess', 'BuildFailure'].map((word) => ({ path: ['a'], value: value(word) }))
    const { source } = sourceOf({ '/jobs/x/evaluation': { messages: [], attributes, derivations: {} } })
    expect((await source.readEvaluation('x')).results).toMatchObject([{ path: ['a'], status: 'unknown' }])
  })
})

describe('malformed answers', () => {
  it('one bad job is a fault of the page and does not stop the rest', async () => {
    const bad = job({ id: 'bad-one', index: 215, startTime: 'yesterday' })
    const items = [job(), bad, null, job({ id: 'c', index: 210 })]
    const { source } = sourceOf({ [`${PROJECT}/jobs`]: { items, more: true } })
    const page = await source.listRuns(null)
    expect(page.runs.map(({ index }) => index)).toEqual([216, 210])
    expect(page.next).toBe('210')
    expect(page.faults).toEqual([
      {
        address: 'https://hercules-ci.com/api/v1/jobs/bad-one',
        reason: expect.stringMatching(/^item 2 of the list: startTime: /),
      },
      {
        address: `https://hercules-ci.com/api/v1${PROJECT}/jobs?limit=100`,
        reason: expect.stringMatching(/^item 3 of the list: /),
      },
    ])
  })

  it('a page of nothing but bad jobs ends the walk with its faults', async () => {
    const { source } = sourceOf({ [`${PROJECT}/jobs`]: { items: [{}, 7], more: true } })
    expect(await source.listRuns(null)).toMatchObject({ runs: [], next: null, faults: [{}, {}] })
  })

  it('an id that could lead elsewhere is a fault', async () => {
    const { source } = sourceOf({ [`${PROJECT}/jobs`]: jobs(job({ id: '../../admin' })) })
    expect(await source.listRuns(null)).toMatchObject({
      runs: [],
      faults: [{ reason: expect.stringContaining('id: ') }],
    })
  })

  it.each([
    ['an HTML page', status(200, '<!doctype html>')],
    ['half a document', status(200, '{"messages": [')],
    ['null', null],
    ['a list', []],
    ['attributes that are an object', { messages: [], derivations: {}, attributes: {} }],
    ['a path that is text', { messages: [], derivations: {}, attributes: [{ path: 'a.b', value: {} }] }],
  ])('an evaluation that is %s is an invalid response, not an empty evaluation', async (_case, body) => {
    const answer = body === null ? status(200, 'null') : body
    const { source } = sourceOf({ '/jobs/x/evaluation': answer })
    await expect(source.readEvaluation('x')).rejects.toMatchObject({
      kind: 'invalid-response',
      address: 'https://hercules-ci.com/api/v1/jobs/x/evaluation',
    })
  })

  it('a failure graph and a derivation of the wrong shape are invalid responses', async () => {
    const { source } = sourceOf({
      '/jobs/x/derivations/failed': {},
      [`${ACCOUNT}/derivations/d`]: { status: 'Waiting' },
    })
    await expect(source.readFailures('x')).rejects.toMatchObject({ kind: 'invalid-response' })
    await expect(source.readDerivation('d', 'x')).rejects.toMatchObject({ kind: 'invalid-response' })
  })
})

describe('connections', () => {
  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [503, 'unavailable'],
  ] as const)('HTTP %i is %s', async (code, kind) => {
    const { source } = sourceOf({ '/jobs/x': status(code) })
    await expect(source.readRun('x')).rejects.toMatchObject({ kind })
  })

  it('a service that is down is unavailable, and is asked for the project again next time', async () => {
    const answers: Record<string, unknown> = {
      [NAMES]: new TypeError('fetch failed'),
      [`${PROJECT}/jobs`]: jobs(job()),
    }
    const { source } = sourceOf(answers)
    await expect(source.listRuns(null)).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(source.listRuns(null)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('a project id that is not found any more falls back to the names', async () => {
    const { source, asked } = sourceOf({ [`${NAMES}/jobs`]: jobs(job()) })
    expect((await source.listRuns(null)).runs).toHaveLength(1)
    const query = '?limit=100'
    expect(asked.map(({ path }) => path)).toEqual([NAMES, `${PROJECT}/jobs${query}`, NAMES, `${NAMES}/jobs${query}`])
  })

  it('a project that is nowhere is not found', async () => {
    const { source } = sourceOf({ [NAMES]: status(404) })
    await expect(source.listRuns(null)).rejects.toMatchObject({ kind: 'not-found' })
  })
})

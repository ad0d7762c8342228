import { describe, expect, it } from 'vitest'
import { VERDICTS } from '@/lib/domain/explain'
import { client, REVISION, TIME } from './testing/asked-client'

describe('flakeboard explain', () => {
  const path = { path: '/nix/store/x-torch', name: 'torch', list: 'named', caches: [], status: null, rootCauses: [] }
  const more = {
    derivation: null,
    place: null,
    nearest: null,
    narSize: null,
    fileSize: null,
    reason: 'In near.',
    next: '',
  }
  const asking = { state: 'asked', retryAt: null, left: 0 }
  const explained = (verdicts: readonly string[], total = verdicts.length) => {
    const paths = verdicts.map((verdict) => ({ ...path, ...more, verdict }))
    const announced = { build: null, fetch: null }
    const summary = Object.fromEntries(VERDICTS.map((word) => [word, 0]))
    return { body: { generatedAt: TIME, total, leftOut: 0, announced, summary, paths, asking } }
  }

  it('sends what it is given, or what is piped into it', async () => {
    const answer = explained(['cached'])
    const piped = await client(['explain'], { answer, input: 'these 2 paths …' })
    expect(piped.asked[0]).toMatch(/^POST .*\/api\/v1\/explain these 2 paths …$/)
    const named = await client(['explain', '/nix/store/a', '/nix/store/b'], { answer })
    expect(named.asked[0]).toContain('/nix/store/a\n/nix/store/b')
  })

  it('is 0 only when every path is cached and was answered', async () => {
    expect((await client(['explain', 'x'], { answer: explained(['cached', 'cached']) })).exit).toBe(0)
    expect((await client(['explain', 'x'], { answer: explained(['cached', 'evicted']) })).exit).toBe(1)
    expect((await client(['explain', 'x'], { answer: explained(['cached'], 501) })).exit).toBe(1)
    expect((await client(['explain', 'x'], { answer: explained([]) })).exit).toBe(2)
  })

  it('is not 0 on what the caches were not asked for now, and says so', async () => {
    for (const more of [{ state: 'limited' }, { state: 'late' }, { left: 3 }]) {
      const { body } = explained(['cached'])
      const answer = { body: { ...body, asking: { ...asking, ...more } } }
      const { exit, told } = await client(['explain', 'x'], { answer })
      expect([exit, told]).toEqual([1, 'Not every cache was asked now: some of this is what they said before.'])
    }
  })
})

describe('flakeboard pin', () => {
  it('is 1 where there is none, and says what stands in the way and what could be pinned without it', async () => {
    const evaluation = {
      ...{
        id: 'e',
        source: 's',
        handler: 'h',
        externalId: 'x',
        index: 7,
        url: 'https://ci',
        ref: null,
        ciRevision: REVISION,
      },
      ...{
        nixpkgsRevision: REVISION,
        nixpkgsDate: TIME,
        state: 'finished',
        startedAt: TIME,
        finishedAt: TIME,
        observedAt: TIME,
      },
    }
    const point = { evaluation: 'e', at: TIME, nixpkgsRevision: REVISION }
    const block = {
      status: 'succeeded',
      presence: 'evicted',
      word: 'built, evicted',
      rootCauses: [],
      since: point,
      until: point,
      revisions: 3,
    }
    const none = {
      ...{
        type: 'about:blank',
        title: 'No revision has them all',
        status: 404,
        reason: 'none',
        detail: 'x',
        revisions: 3,
      },
      ...{
        generatedAt: TIME,
        branch: 'master',
        branchTitle: 'master',
        packages: ['jax', 'blender'],
        unread: 0,
        silentCaches: [],
      },
      checks: null,
      blocked: [{ name: 'jax', revisions: 3, blocks: [block], lastReady: null }],
      best: {
        ...{ packages: ['blender'], without: ['jax'], revision: REVISION, date: TIME, evaluation },
        ...{ behind: { evaluations: 1, days: 1 }, checks: { oldestAt: TIME, fresh: true, recheckMinutes: 60 } },
      },
    }
    const { exit, out, asked } = await client(['pin', 'jax', 'blender', '--branch', 'master', '--refresh'], {
      answer: { status: 404, body: none },
    })
    expect(exit).toBe(1)
    expect(out.split('\n')).toEqual([
      'No revision has them all',
      '  jax  built, evicted since 2026-11-23',
      `Without jax: ${REVISION}`,
    ])
    expect(asked[0]).toMatch(/^POST .*\/api\/v1\/pin\?branch=master&package=jax&package=blender$/)
  })

  it('is 2 for a branch that nobody has', async () => {
    const title = 'There is no branch nixos-unstabel; there are master'
    const body = { type: 'about:blank', title, status: 404, parameter: 'branch', reason: 'unknown-branch' }
    const answer = { status: 404, body }
    expect(await client(['pin', '--branch', 'nixos-unstabel'], { answer })).toMatchObject({
      exit: 2,
      told: `${title}.`,
    })
  })
})

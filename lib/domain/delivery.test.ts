import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GIVE_UP_AFTER_MS, isOfInterest, narrowEvent, nextAttemptMs, REFUSALS_MAX, WISH_MAX_MS } from './delivery'
import { EVENT_KINDS, type HealthEvent } from './health-event'

const all = { branches: ['*'], packages: ['*'], kinds: EVENT_KINDS }

function eventOf(given: Partial<HealthEvent> = {}): HealthEvent {
  return {
    key: 'e',
    kind: 'broke',
    branch: 'nixos-unstable',
    cause: null,
    packages: ['pytorch', 'jax'],
    alsoBroken: ['jaxlib', 'blender'],
    stillBroken: [],
    evaluation: null,
    nixpkgsRevision: null,
    before: null,
    partly: [{ package: 'jax', lanes: ['x86_64-linux'] }],
    reasons: [],
    atMs: 0,
    ...given,
  }
}

describe('narrowEvent', () => {
  it('leaves everything to who wants everything', () => {
    expect(narrowEvent(eventOf(), all)).toEqual(eventOf())
  })

  it('keeps the packages that are wanted, in every list', () => {
    expect(narrowEvent(eventOf(), { ...all, packages: ['jax*'] })).toMatchObject({
      packages: ['jax'],
      alsoBroken: ['jaxlib'],
      partly: [{ package: 'jax' }],
    })
    expect(narrowEvent(eventOf(), { ...all, packages: ['pytorch'] })?.partly).toEqual([])
  })

  it.each([
    ['another branch', { branches: ['master', 'release-*'] }],
    ['other packages', { packages: ['tensor*'] }],
    ['other kinds of change', { kinds: ['fixed', 'stale'] as const }],
  ])('is nothing to who wants %s', (_, interest) => {
    expect(narrowEvent(eventOf(), { ...all, ...interest })).toBeNull()
  })

  it('tells of a whole branch whatever packages are wanted', () => {
    const stale = eventOf({ kind: 'stale', packages: [] })
    expect(narrowEvent(stale, { ...all, packages: ['jax'] })).toEqual(stale)
  })

  it('agrees with what is said of single cells', () => {
    const glob = fc.constantFrom('*', 'a*', 'b', '?')
    const name = fc.constantFrom('a', 'ab', 'b', 'c')
    fc.assert(
      fc.property(fc.array(glob), fc.array(glob), name, name, (branches, packages, branch, row) => {
        const interest = { ...all, branches, packages }
        const told = narrowEvent(eventOf({ branch, packages: [row] }), interest) !== null
        expect(told).toBe(isOfInterest(interest, { branch, row }))
      }),
    )
  })
})

describe('nextAttemptMs', () => {
  const failed = { attempts: 1, queuedMs: 0, nowMs: 1_000, isRefused: false, retryMs: null, waitMs: 500 }

  it('waits as long as we would, or as the receiver asks, whichever is longer', () => {
    expect(nextAttemptMs(failed)).toBe(1_500)
    expect(nextAttemptMs({ ...failed, retryMs: 9_000 })).toBe(9_000)
    expect(nextAttemptMs({ ...failed, retryMs: 1_100 })).toBe(1_500)
    expect(nextAttemptMs({ ...failed, retryMs: 1e15 })).toBe(1_000 + WISH_MAX_MS)
  })

  it('gives up what is refused after a few attempts, and what is not taken after some days', () => {
    expect(nextAttemptMs({ ...failed, isRefused: true, attempts: REFUSALS_MAX - 1 })).toBe(1_500)
    expect(nextAttemptMs({ ...failed, isRefused: true, attempts: REFUSALS_MAX })).toBeNull()
    expect(nextAttemptMs({ ...failed, attempts: 1_000, nowMs: GIVE_UP_AFTER_MS - 500 })).toBe(GIVE_UP_AFTER_MS)
    expect(nextAttemptMs({ ...failed, nowMs: GIVE_UP_AFTER_MS })).toBeNull()
  })

  it('never comes back before now', () => {
    const time = fc.integer({ min: 0, max: 2 ** 40 })
    const given = fc.record({ attempts: fc.nat(), nowMs: time, waitMs: fc.nat(), retryMs: fc.option(time) })
    fc.assert(
      fc.property(given, fc.boolean(), (more, isRefused) => {
        const next = nextAttemptMs({ ...failed, ...more, isRefused })
        expect(next ?? more.nowMs).toBeGreaterThanOrEqual(more.nowMs)
      }),
    )
  })
})

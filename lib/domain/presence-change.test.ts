import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Finding, type KnownPresence, nextPresence } from './presence-change'

const FINDINGS = ['verified', 'untrusted', 'absent', 'unreachable'] as const

const NOTHING: KnownPresence = {
  presence: 'unchecked',
  firstSeenMs: null,
  lastSeenMs: null,
  missingSinceMs: null,
  checkedMs: null,
  lastPresence: null,
  lastCheckedMs: null,
}

/** What is known after these findings, one per millisecond. */
function knownAfter(findings: readonly Finding[]): KnownPresence | null {
  let known: KnownPresence | null = null
  for (const [index, finding] of findings.entries()) known = nextPresence(known, finding, index + 1)
  return known
}

describe('nextPresence', () => {
  it('is missing when the output was never seen, and evicted when it was cached before', () => {
    expect(knownAfter(['absent'])?.presence).toBe('missing')
    expect(knownAfter(['verified', 'absent'])).toMatchObject({ presence: 'evicted', firstSeenMs: 1, missingSinceMs: 2 })
  })

  it('does not call an output evicted that was only ever untrusted', () => {
    expect(knownAfter(['untrusted', 'absent'])?.presence).toBe('missing')
  })

  it('remembers through an unreachable cache that the output was cached', () => {
    expect(knownAfter(['verified', 'unreachable'])).toMatchObject({
      presence: 'unreachable',
      lastPresence: 'cached',
      lastCheckedMs: 1,
      lastSeenMs: 1,
    })
    expect(knownAfter(['verified', 'unreachable', 'absent'])?.presence).toBe('evicted')
  })

  it('has no last answer to show when the cache never gave one', () => {
    expect(knownAfter(['unreachable', 'unreachable'])).toMatchObject({ lastPresence: null, lastCheckedMs: null })
  })

  it('keeps the time since when the output is missing until it is seen again', () => {
    expect(knownAfter(['verified', 'absent', 'unreachable', 'absent'])?.missingSinceMs).toBe(2)
    expect(knownAfter(['verified', 'absent', 'verified'])).toMatchObject({ missingSinceMs: null, firstSeenMs: 1 })
  })

  it('says cached exactly when the last finding was verified', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FINDINGS), { minLength: 1 }), (findings) => {
        expect(knownAfter(findings)?.presence === 'cached').toBe(findings.at(-1) === 'verified')
      }),
    )
  })

  const history = fc.array(fc.constantFrom(...FINDINGS))
  const finding = fc.constantFrom(...FINDINGS)

  it('says the same when the same answer comes again at the same time', () => {
    fc.assert(
      fc.property(history, finding, (findings, last) => {
        const once = nextPresence(knownAfter(findings), last, 1000)
        expect(nextPresence(once, last, 1000)).toEqual(once)
      }),
    )
  })

  it('loses nothing that was known to an unreachable cache', () => {
    fc.assert(
      fc.property(history, (findings) => {
        const known = knownAfter(findings)
        const { presence, checkedMs, ...kept } = nextPresence(known, 'unreachable', 1000)
        const { presence: _, checkedMs: __, ...before } = known ?? NOTHING
        expect({ presence, checkedMs }).toEqual({ presence: 'unreachable', checkedMs: 1000 })
        expect(kept).toEqual(before)
      }),
    )
  })

  it('says evicted exactly when an output is gone that was cached at some time, missing when it never was', () => {
    fc.assert(
      fc.property(history, (findings) => {
        expect(nextPresence(knownAfter(findings), 'absent', 1000).presence).toBe(
          findings.includes('verified') ? 'evicted' : 'missing',
        )
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Finding, type KnownPresence, nextPresence } from './presence-change'

const FINDINGS = ['verified', 'untrusted', 'absent', 'unreachable'] as const

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
})

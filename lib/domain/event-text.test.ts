import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { causeTitle, eventText } from './event-text'
import { EVENT_KINDS, type HealthEvent } from './health-event'

const magma = { key: 'k', name: 'magma-2.6.2', derivation: '/nix/store/a-magma-2.6.2.drv', status: 'failed' } as const

function eventOf(given: Partial<HealthEvent>): HealthEvent {
  return {
    key: 'e',
    kind: 'broke',
    branch: 'nixos-unstable',
    cause: magma,
    packages: ['pytorch', 'jax', 'tensorflow'],
    alsoBroken: [],
    stillBroken: [],
    evaluation: 'v',
    nixpkgsRevision: null,
    before: null,
    partly: [],
    reasons: [],
    atMs: 0,
    ...given,
  }
}

describe('eventText', () => {
  it('names the worst package, counts the rest and says why', () => {
    expect(eventText(eventOf({ alsoBroken: ['xformers'], nixpkgsRevision: '8cc8a5a' }))).toEqual({
      title: 'pytorch and 2 more broke on nixos-unstable: magma-2.6.2 failed',
      lines: [
        'Root cause: magma-2.6.2 failed to build.',
        'Broke: pytorch, jax, tensorflow',
        'Broken by it before: xformers',
        'nixpkgs revision: 8cc8a5a',
      ],
    })
  })

  it('does not call a package the cause of itself', () => {
    const own = { ...magma, name: 'python3.9-pytorch-1.11.0', derivation: '/nix/store/a-python3.9-pytorch-1.11.0.drv' }
    expect(eventText(eventOf({ cause: own, packages: ['pytorch'] })).title).toBe('pytorch broke on nixos-unstable')
  })

  it('tells what a repair leaves broken', () => {
    expect(
      eventText(
        eventOf({ kind: 'fixed', packages: ['pytorch', 'jax'], alsoBroken: ['blender'], stillBroken: ['faiss'] }),
      ),
    ).toEqual({
      title: 'pytorch and jax build again on nixos-unstable',
      lines: [
        'The root cause was magma-2.6.2.',
        'Builds again: pytorch, jax',
        'Still broken by it: blender',
        'Broken by something else now: faiss',
      ],
    })
  })

  it('says why a branch is stale, also in words that it does not know', () => {
    const { title, lines } = eventText(
      eventOf({ kind: 'stale', cause: null, packages: [], reasons: ['behind', 'the sun is late'] }),
    )
    expect(title).toBe('nixos-unstable is stale: its state is not known any more')
    expect(lines).toEqual(['Its nixpkgs revision is too far behind the branch upstream.', 'the sun is late'])
  })

  it('lists a dozen names and counts the others', () => {
    const packages = Array.from({ length: 15 }, (_, index) => `p${index}`)
    expect(eventText(eventOf({ kind: 'evicted', cause: null, packages })).lines[0]).toMatch(/p11 and 3 more$/)
  })

  it('shortens a message that is a page long', () => {
    const long = { ...magma, derivation: null, name: 'x'.repeat(5_000) }
    expect(causeTitle(long)).toHaveLength(200)
    expect(eventText(eventOf({ cause: long })).lines[0]).toMatch(/^Root cause: it does not evaluate: x+…$/)
  })

  it('keeps each line one line whatever is in the names, so that none can add a header to a mail', () => {
    const name = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(fc.constantFrom(...EVENT_KINDS), name, fc.array(name), (kind, cause, packages) => {
        const event = eventOf({ kind, packages, branch: cause, reasons: packages, cause: { ...magma, name: cause } })
        const { title, lines } = eventText(event)
        for (const line of [title, causeTitle({ ...magma, name: cause }), ...lines]) {
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        }
      }),
    )
  })
})

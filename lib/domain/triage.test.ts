import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRESENCES } from './presence'
import { isBroken, STATUSES } from './status'
import {
  CAUSE_KINDS,
  type CauseSignature,
  causeKindOf,
  compareSeverity,
  evictionSignature,
  followCause,
  isCauseGone,
  signatureOf,
  signatureText,
  TRIAGE_STATES,
  type TriageLife,
  triageStateOf,
  withKnownSystem,
} from './triage'

const LINUX = 'x86_64-linux'

describe('the kind of a cause', () => {
  it('is read back as it was stored, and a word of a later version as a build', () => {
    expect(CAUSE_KINDS.map(causeKindOf)).toEqual([...CAUSE_KINDS])
    expect(causeKindOf('licence')).toBe('build')
  })

  it('tells a cache from a build and a message of the same name, and takes no system', () => {
    const build = signatureOf({ derivation: '/nix/store/a-near.drv', name: 'near' }, '')
    expect(signatureText(evictionSignature('near'))).not.toBe(signatureText(build))
    expect(withKnownSystem(evictionSignature('near'), [{ ...build, system: LINUX }])).toEqual(evictionSignature('near'))
  })
})

describe('signatureOf', () => {
  it('holds over versions and store paths', () => {
    const older = signatureOf({ derivation: '/nix/store/a-magma-2.6.1.drv', name: 'magma-2.6.1' }, LINUX)
    const newer = signatureOf({ derivation: '/nix/store/b-magma-2.6.2.drv', name: 'magma-2.6.2' }, LINUX)
    expect(newer).toEqual(older)
    expect(newer).toEqual({ kind: 'build', name: 'magma', system: LINUX })
  })

  it('tells systems apart, and a build from a message of the same words', () => {
    const cause = { derivation: '/nix/store/a-magma-2.6.1.drv', name: 'magma-2.6.1' }
    const texts = [
      signatureText(signatureOf(cause, LINUX)),
      signatureText(signatureOf(cause, 'aarch64-linux')),
      signatureText(signatureOf({ derivation: null, name: 'magma' }, LINUX)),
    ]
    expect(new Set(texts).size).toBe(3)
  })

  it('keeps a message as it is, whatever system did not evaluate', () => {
    const message = { derivation: null, name: "error: attribute 'a-#' missing" }
    expect(signatureOf(message, LINUX)).toEqual(signatureOf(message, null))
    expect(signatureOf(message, LINUX).name).toBe("error: attribute 'a-#' missing")
  })
})

describe('withKnownSystem', () => {
  const magma = (system: string): CauseSignature => ({ kind: 'build', name: 'magma', system })

  it('takes the one system that others state', () => {
    expect(withKnownSystem(magma(''), [magma(LINUX), magma(''), { ...magma('riscv64-linux'), name: 'jax' }])).toEqual(
      magma(LINUX),
    )
  })

  it('guesses nothing where others disagree or are silent', () => {
    expect(withKnownSystem(magma(''), [magma(LINUX), magma('aarch64-linux')])).toEqual(magma(''))
    expect(withKnownSystem(magma(''), [])).toEqual(magma(''))
  })

  it('never changes a system that is stated', () => {
    expect(withKnownSystem(magma('aarch64-linux'), [magma(LINUX)])).toEqual(magma('aarch64-linux'))
  })
})

const kind = fc.constantFrom(...CAUSE_KINDS)

describe('isCauseGone', () => {
  it('is so once the cell succeeds, is absent or is no longer there', () => {
    const facts = { hasKnownCause: false, hasOwnResult: true, presence: 'cached' } as const
    expect(isCauseGone('build', null)).toBe(true)
    expect(isCauseGone('build', { ...facts, status: 'succeeded' })).toBe(true)
    expect(isCauseGone('build', { ...facts, status: 'absent' })).toBe(true)
  })

  it('is so once another cause is known to break the cell', () => {
    const facts = { status: 'dependency-failed', hasOwnResult: true, presence: 'unchecked' } as const
    expect(isCauseGone('build', { ...facts, hasKnownCause: true })).toBe(true)
    expect(isCauseGone('build', { ...facts, hasKnownCause: false })).toBe(false)
  })

  it('is not told of a build by an evaluation that failed as a whole', () => {
    const known = { hasOwnResult: false, hasKnownCause: true, presence: 'unchecked' } as const
    const whole = { status: 'evaluation-failed', ...known } as const
    expect(isCauseGone('build', whole)).toBe(false)
    expect(isCauseGone('evaluation', whole)).toBe(true)
  })

  it('is so of an eviction once the output is back or what was built is another, and a silent cache never tells', () => {
    const cell = { hasKnownCause: false, hasOwnResult: true }
    const gone = PRESENCES.filter((presence) => isCauseGone('eviction', { ...cell, status: 'succeeded', presence }))
    expect(gone).toEqual(PRESENCES.filter((presence) => presence !== 'unreachable' && presence !== 'unchecked'))
    expect(isCauseGone('eviction', { ...cell, status: 'failed', presence: 'unreachable' })).toBe(true)
    expect(
      isCauseGone('eviction', { ...cell, hasOwnResult: false, status: 'evaluation-failed', presence: 'unchecked' }),
    ).toBe(false)
    expect(isCauseGone('eviction', null)).toBe(true)
  })

  it('is never told by what is unfinished', () => {
    const unfinished = STATUSES.filter((status) => !isBroken(status) && status !== 'succeeded' && status !== 'absent')
    fc.assert(
      fc.property(
        kind,
        fc.constantFrom(...unfinished),
        fc.boolean(),
        fc.boolean(),
        (of, status, hasKnownCause, hasOwnResult) => {
          expect(isCauseGone(of, { status, hasKnownCause, hasOwnResult, presence: 'cached' })).toBe(false)
        },
      ),
    )
  })
})

const look = fc.record({ isFailing: fc.boolean(), nowMs: fc.nat() })
const live = (looks: readonly { isFailing: boolean; nowMs: number }[]) =>
  looks.reduce<TriageLife | null>((life, { isFailing, nowMs }) => followCause(life, isFailing, nowMs), null)

describe('followCause', () => {
  it('is open exactly while the cause fails', () => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 1 }), (looks) => {
        const life = live(looks)
        const isOpen = life !== null && life.closedMs === null
        expect(isOpen).toBe(looks.at(-1)?.isFailing)
      }),
    )
  })

  it('changes nothing when it looks again and sees the same', () => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 1 }), fc.nat(), (looks, laterMs) => {
        const life = live(looks)
        expect(followCause(life, looks.at(-1)?.isFailing ?? false, laterMs)).toBe(life)
      }),
    )
  })

  it('counts each return once', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (failing) => {
        const life = live(failing.map((isFailing, nowMs) => ({ isFailing, nowMs })))
        const starts = failing.filter((isFailing, at) => isFailing && !(failing[at - 1] ?? false)).length
        expect(life?.reopened ?? 0).toBe(Math.max(0, starts - 1))
      }),
    )
  })

  it('carries what people said over until the cause returns, and then asks again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TRIAGE_STATES), (state) => {
        const open: TriageLife = { state, openedMs: 1, closedMs: null, reopenedMs: null, reopened: 0 }
        const closed = followCause(open, false, 2)
        expect(closed).toEqual({ ...open, closedMs: 2 })
        expect(followCause(closed, true, 3)).toEqual({ ...open, state: 'new', reopenedMs: 3, reopened: 1 })
      }),
    )
  })
})

const severity = fc.record({
  headlines: fc.nat(3),
  blocks: fc.nat(3),
  sinceMs: fc.option(fc.nat(3)),
  name: fc.constantFrom('cudnn', 'magma', 'nccl'),
  id: fc.constantFrom('1', '2'),
})

describe('compareSeverity', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(severity, severity, severity, (a, b, c) => {
        expect(Math.sign(compareSeverity(a, b))).toBe(-Math.sign(compareSeverity(b, a)) + 0)
        if (compareSeverity(a, b) <= 0 && compareSeverity(b, c) <= 0) {
          expect(compareSeverity(a, c)).toBeLessThanOrEqual(0)
        }
        if (compareSeverity(a, b) === 0) expect(a).toEqual(b)
      }),
    )
  })

  it('puts headline packages before any number of others, and age last', () => {
    const headline = { headlines: 1, blocks: 1, sinceMs: 9, name: 'z', id: '1' }
    const many = { headlines: 0, blocks: 90, sinceMs: 1, name: 'a', id: '1' }
    const older = { ...many, sinceMs: 0, name: 'b' }
    const unknown = { ...many, sinceMs: null, name: 'aa' }
    expect([unknown, many, older, headline].toSorted(compareSeverity)).toEqual([headline, older, many, unknown])
  })
})

it('reads a stored state of a later version as one that nobody has looked at', () => {
  expect(triageStateOf('delegated')).toBe('new')
  for (const state of TRIAGE_STATES) expect(triageStateOf(state)).toBe(state)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PathFacts, VERDICTS, verdictOf, verdictWord } from './explain'
import { nearestVersion } from './nearest-version'
import { compareVersions } from './nix-version'
import { PRESENCES } from './presence'
import { siblingNames, withoutOutput } from './sibling-names'
import { STATUSES } from './status'

const anyFacts: fc.Arbitrary<PathFacts> = fc.record({
  presence: fc.constantFrom(...PRESENCES),
  status: fc.constantFrom(null, ...STATUSES),
  nearest: fc.constantFrom(null, 'same-version', 'other-version'),
  isDependency: fc.boolean(),
})

describe('verdictOf', () => {
  it('calls cached what a cache was seen to hold with a good signature, and nothing else', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(verdictOf(facts) === 'cached').toBe(facts.presence === 'cached')
        expect(verdictOf(facts) === 'untrusted').toBe(facts.presence === 'untrusted')
      }),
    )
  })

  it('calls nothing built that the CI did not build', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        if (verdictOf(facts) === 'never-cached')
          expect(facts).toMatchObject({ status: 'succeeded', presence: 'missing' })
      }),
    )
  })

  it('says of what an evaluation has never that it is not in the set, nor the other way round', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const isForeign = ['not-in-set', 'other-revision', 'other-variant'].includes(verdictOf(facts))
        if (isForeign) expect(facts.status).toBeNull()
        if (['not-built', 'never-cached'].includes(verdictOf(facts))) expect(facts.status).not.toBeNull()
      }),
    )
  })

  it.each<[Partial<PathFacts>, ReturnType<typeof verdictOf>]>([
    [{ presence: 'missing' }, 'never-cached'],
    [{ presence: 'evicted' }, 'evicted'],
    [{ presence: 'unreachable' }, 'unreachable'],
    [{ presence: 'unchecked' }, 'unchecked'],
    [{ presence: 'unreachable', status: 'failed' }, 'not-built'],
    [{ presence: 'unchecked', status: 'building' }, 'not-built'],
    [{ presence: 'missing', status: null }, 'not-in-set'],
    [{ presence: 'unreachable', status: null }, 'unreachable'],
    [{ presence: 'unreachable', status: null, nearest: 'other-version' }, 'other-revision'],
    [{ presence: 'missing', status: null, nearest: 'same-version' }, 'other-variant'],
    [{ presence: 'unchecked', status: null, isDependency: true }, 'unchecked'],
  ])('of %j is %s', (facts, verdict) => {
    expect(
      verdictOf({ ...{ status: 'succeeded', nearest: null, isDependency: false }, presence: 'missing', ...facts }),
    ).toBe(verdict)
  })

  it('has words for each, all different', () => {
    expect(new Set(VERDICTS.map(verdictWord)).size).toBe(VERDICTS.length)
  })
})

describe('nearestVersion', () => {
  it.each([
    [['1.13.1', '2.0.1', '2.1.2'], '2.1.0', '2.1.2'],
    [['1.13.1', '2.0.1', '2.1.2'], '2.1.2', '2.1.2'],
    [['1.13.1', '2.0.1', '2.9.0'], '2.3.0', '2.0.1'],
    [['1.0', '3.0'], '2.0', '3.0'],
    [['unstable-2023-12-09', '1.0'], 'unstable-2024-01-01', 'unstable-2023-12-09'],
    [[], '1.0', null],
  ])('of %j to %s is %s', (versions, wanted, nearest) => {
    expect(nearestVersion(versions, wanted)).toBe(nearest)
  })

  const version = fc.stringMatching(/^[0-9]{1,2}(\.[0-9a-z]{1,3}){0,3}$/)

  it('is one of them, whatever their order, and the very one where it is there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(version, { minLength: 1 }), version, (versions, wanted) => {
        const nearest = nearestVersion(versions, wanted) ?? ''
        expect(versions).toContain(nearest)
        expect(compareVersions(nearestVersion([...versions, wanted], wanted) ?? '', wanted)).toBe(0)
      }),
    )
  })
})

describe('names of store paths', () => {
  it.each([
    ['python3.12-torch', 'python3.11-torch'],
    ['cuda12.2-nccl', 'cuda11.8-nccl'],
  ])('of %s may be %s in another version of the set', (name, sibling) => {
    expect(siblingNames(name)[0]).toBe(name)
    expect(siblingNames(name)).toContain(sibling)
    expect(siblingNames(sibling)).toContain(name)
  })

  it.each(['hello', 'python3.12-', 'python3', 'cuda_nvcc', ''])('of %j are its own alone', (name) => {
    expect(siblingNames(name)).toEqual([name])
  })

  it.each([
    ['hello-2.12-dev', 'hello-2.12'],
    ['gcc-13.2.0-lib', 'gcc-13.2.0'],
    ['hello-2.12', 'hello-2.12'],
  ])('without their output: %s is %s', (name, bare) => {
    expect(withoutOutput(name)).toBe(bare)
  })
})

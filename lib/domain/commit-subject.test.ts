import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scopeOf } from './commit-subject'

const attribute = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}(\.[A-Za-z0-9_-]{1,12}){0,2}$/).filter(isOrdinary)

function isOrdinary(name: string): boolean {
  return !/^(?:tree-?wide|revert|reapply)$/i.test(name)
}

describe('scopeOf', () => {
  it.each([
    ['python3Packages.torch: 2.2.2 -> 2.3.0', ['python3Packages.torch']],
    ['magma: 2.7.1 -> 2.7.2', ['magma']],
    ['python311Packages.{torch, torchvision}: fix build', ['python311Packages.torch', 'python311Packages.torchvision']],
    ['cudaPackages.nccl, ucc: enable tests', ['cudaPackages.nccl', 'ucc']],
    ['Revert "magma: 2.7.1 -> 2.7.2"', ['magma']],
    ['[Backport release-23.11] blender: 3.6.5 -> 3.6.9', ['blender']],
    ['nixos/ollama: add option', []],
    ['magma, nixos/tests: x', ['magma']],
    ['Merge pull request #312345 from someone/torch', []],
    ['fix the build of magma', []],
    ['http://example.org', []],
    ['', []],
  ])('of "%s" names %j', (subject, attributes) => {
    expect(scopeOf(subject)).toEqual({ attributes, isTreewide: false })
  })

  it.each([
    'treewide: use finalAttrs',
    'Treewide: fix typos',
    "Merge branch 'staging-next' into master",
    "Merge remote-tracking branch 'origin/staging-next' into staging",
    'Merge pull request #309482 from NixOS/staging-next',
  ])('takes "%s" for a change of everything', (subject) => {
    expect(scopeOf(subject)).toEqual({ attributes: [], isTreewide: true })
  })

  it('reads back every list of attributes, reverted and carried over too', () => {
    fc.assert(
      fc.property(fc.array(attribute, { minLength: 1, maxLength: 5 }), fc.string(), (attributes, rest) => {
        const subject = `${attributes.join(', ')}: ${rest}`
        expect(scopeOf(subject).attributes).toEqual(attributes)
        expect(scopeOf(`Revert "${subject}"`).attributes).toEqual(attributes)
        expect(scopeOf(`[Backport release-24.05] ${subject}`).attributes).toEqual(attributes)
      }),
    )
  })

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (subject) => {
        expect(scopeOf(subject).attributes.every((name) => subject.includes(name.slice(0, 1)))).toBe(true)
      }),
    )
  })
})

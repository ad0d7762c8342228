import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BADGE_STYLES, type BadgeAsked, type BadgeRequest } from './badge'
import { badgeAddress, parseBadgeAddress } from './badge-address'

function parse(address: string): BadgeRequest | null {
  return parseBadgeAddress(new URL(address, 'http://localhost:3000'))
}

// Git has no branch of that name, and an address no such segment.
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => !/^\.{1,2}$/.test(text))
const names = fc.uniqueArray(name, { maxLength: 3 })
const asked: fc.Arbitrary<BadgeAsked> = fc.oneof(
  fc.record({ kind: fc.constant('package'), package: name, branch: name }),
  fc.record({
    kind: fc.constant('package'),
    package: name.filter((text) => !['matrix', 'ready', 'pin'].includes(text)),
    branch: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('matrix'), packages: names, branches: names }),
  fc.record({ kind: fc.constant('ready'), branch: fc.option(name) }),
  fc.record({ kind: fc.constant('pin'), branch: fc.option(name), packages: names }),
)

describe('The address of a badge', () => {
  it('is read back as what it was made of, whatever the names', () => {
    const look = {
      format: fc.constantFrom('svg', 'json'),
      style: fc.option(fc.constantFrom(...BADGE_STYLES)),
      label: fc.option(fc.stringMatching(/^[\w<>&"'%+#? é]{0,20}$/).map((text) => text.trim())),
    } as const
    fc.assert(
      fc.property(fc.record({ asked, ...look }), (request) => {
        expect(parse(badgeAddress(request.asked, request))).toEqual(request)
      }),
    )
  })

  it('holds no sign that a markup could take for its own', () => {
    fc.assert(
      fc.property(asked, fc.string(), (one, label) => {
        expect(badgeAddress(one, { label })).toMatch(/^[\w\-.~%/?&=+]+$/)
      }),
    )
  })

  it.each([
    ['/badge/pytorch.svg', { kind: 'package', package: 'pytorch', branch: null }],
    ['/badge/nixos-unstable/python3Packages.torch.svg', { kind: 'package', package: 'python3Packages.torch' }],
    ['/badge/staging/next/a.svg', { kind: 'package', package: 'a', branch: 'staging/next' }],
    ['/badge/staging%2Fnext/a%2Fb.json', { kind: 'package', package: 'a/b', branch: 'staging/next' }],
    ['/badge/ready.svg?branch=master', { kind: 'ready', branch: 'master' }],
    ['/badge/master/ready.svg', { kind: 'package', package: 'ready', branch: 'master' }],
    [
      '/badge/matrix.svg?package=a&package=b&package=a&package=',
      { kind: 'matrix', packages: ['a', 'b'], branches: [] },
    ],
    ['/badge/pin.json?branch=master&package=a', { kind: 'pin', branch: 'master', packages: ['a'] }],
    ['/badge/%E0%A4%A.svg', { kind: 'package', package: '%E0%A4%A' }],
  ])('%s asks for %j', (address, expected) => {
    expect(parse(address)?.asked).toMatchObject(expected)
  })

  it.each([
    '/badge/pytorch',
    '/badge/pytorch.png',
    '/badge/.svg',
    '/badge//a.svg',
    '/badge/svg',
    '/badge/a.svg/',
    '/badge/a.SVG',
  ])('is not %s', (address) => {
    expect(parse(address)).toBeNull()
  })

  it('ignores what it does not know, as shields does', () => {
    expect(parse('/badge/a.svg?style=round&v=2')).toEqual({
      asked: { kind: 'package', package: 'a', branch: null },
      ...{ format: 'svg', style: null, label: null },
    })
  })

  it('keeps a label to one line of 100 characters', () => {
    expect(parse(`/badge/a.svg?label=${'x'.repeat(500)}`)?.label).toHaveLength(100)
    expect(parse('/badge/a.svg?label=a%00%0Ab')?.label).toBe('a b')
    expect(parse('/badge/a.svg?label=')?.label).toBe('')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions } from './nix-version'

const version = fc.string({ unit: fc.constantFrom('1', '2', '0', '9', '.', '-', 'a', 'b', 'pre', '99999999999') })

describe('compareVersions', () => {
  it.each([
    ['1.0', '2.3', -1],
    ['2.1', '2.3', -1],
    ['2.3', '2.3', 0],
    ['2.5', '2.3', 1],
    ['3.1', '2.3', 1],
    ['2.3.1', '2.3', 1],
    ['2.3.1', '2.3a', 1],
    ['2.3pre1', '2.3', -1],
    ['2.3pre3', '2.3pre12', -1],
    ['2.3a', '2.3c', -1],
    ['2.3pre1', '2.3c', -1],
    ['2.3pre1', '2.3q', -1],
    ['nixos-22.05', 'nixos-21.11', 1],
    ['nixos-9.03', 'nixos-22.05', -1],
    ['1.01', '1.1', 0],
    ['1-2', '1.2', 0],
    // Beyond C's int a component is text to Nix, and text is older than any number.
    ['2147483647', '2147483648', 1],
    ['20221123000000', '1', -1],
  ] as const)('compares %s with %s as builtins.compareVersions does', (a, b, expected) => {
    expect(compareVersions(a, b)).toBe(expected)
  })

  it('gives the opposite answer when the sides are swapped', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0)
      }),
    )
  })

  it('orders any three versions without contradiction', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        fc.pre(compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

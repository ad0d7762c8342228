import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkContentAddress, parseContentAddress } from './content-address'
import { type Hash, parseHash } from './hash'
import { parseStorePath } from './store-path'

const ADDED_DIR = {
  path: '/nix/store/2xhdsnjan0rvw53vv8cvpvhvqbkjdky9-added-dir',
  hash: 'sha256:0igz5ghg0paawr825r7bqfiq2zg5xk75afr4igi7fgdq64kyr3fk',
}
const OTHER = '8mh4hwz7wrsxwgx6s558ykydqqam4g5c-leaf-data-1.0'

function must<T>(value: T | null): T {
  if (value === null) throw new Error('the test data do not parse')
  return value
}

function check(ca: string, overrides: { references?: string[]; narHash?: Hash } = {}) {
  return checkContentAddress({
    ca: must(parseContentAddress(ca)),
    storePath: must(parseStorePath(ADDED_DIR.path)),
    references: [],
    narHash: must(parseHash(ADDED_DIR.hash)),
    ...overrides,
  })
}

// The fixtures under fixtures/nix-binary-cache prove the paths of every kind; these are the ways to be wrong.
describe('checkContentAddress', () => {
  const ca = `fixed:r:${ADDED_DIR.hash}`

  it('finds the path that Nix gave to a directory', () => {
    expect(check(ca)).toBe('valid')
  })

  it('refuses a NarHash that contradicts the claim', () => {
    const bytes = createHash('sha256').update('something else').digest()
    expect(check(ca, { narHash: { algorithm: 'sha256', bytes } })).toBe('invalid')
  })

  it.each([
    ['another reference', [OTHER]],
    ['a self reference', [ADDED_DIR.path.slice('/nix/store/'.length)]],
  ])('refuses %s, which would have made another path', (_what, references) => {
    expect(check(ca, { references })).toBe('invalid')
  })

  it.each([`fixed:${ADDED_DIR.hash}`, `text:${ADDED_DIR.hash}`])('refuses the same hash as %s', (text) => {
    expect(check(text)).toBe('invalid')
  })

  it('proves nothing for git trees', () => {
    expect(check(`fixed:git:${ADDED_DIR.hash}`)).toBe('unsupported')
  })
})

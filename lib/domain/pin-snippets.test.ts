import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsedByNix, WITHOUT_NIX } from '@/lib/testing/parsed-by-nix'
import { formatAttributePath } from './attribute-path'
import { nixSelect } from './nix-expression'
import { nixString } from './nix-string'
import { type Pinned, pinSnippets } from './pin-snippets'

const REVISION = '0123456789abcdef0123456789abcdef01234567'
const PINNED: Pinned = {
  nixpkgs: { web: 'https://github.com', owner: 'NixOS', name: 'nixpkgs' },
  revision: REVISION,
  branch: 'nixos-unstable',
  attributes: ['python311Packages.torch', 'blender'],
  system: 'x86_64-linux',
  config: '{ allowUnfree = true; cudaSupport = true; }',
}

/** The words that a shell makes of a line. */
function wordsOf(line: string): string[] {
  return execFileSync('sh', ['-c', `set -- ${line.trim()}; printf '%s\\0' "$@"`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
}

const awkward = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }),
      fc.constantFrom('$' + '{x}', 'a"b', 'or'),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map(formatAttributePath)

describe('Snippets of a pin', () => {
  const snippets = pinSnippets(PINNED)

  it('name the revision in full, each of them', () => {
    for (const [name, text] of Object.entries(snippets)) expect(text, name).toContain(REVISION)
  })

  it('import nixpkgs as the CI does wherever packages are taken from it', () => {
    for (const text of [snippets.flake, snippets.fetchTarball, snippets.shell]) {
      expect(text).toContain('config = { allowUnfree = true; cudaSupport = true; };')
    }
  })

  it('pin a flake, a channel, and a search path', () => {
    expect(snippets.flake).toContain(`inputs.nixpkgs.url = "github:NixOS/nixpkgs/${REVISION}";`)
    expect(snippets.flake).toContain('pkgs.python311Packages.torch')
    const archive = `https://github.com/NixOS/nixpkgs/archive/${REVISION}.tar.gz`
    const [add = '', update, , path] = snippets.channel.split('\n')
    expect(wordsOf(add)).toEqual(['nix-channel', '--add', archive, 'nixpkgs'])
    expect(update).toBe('nix-channel --update nixpkgs')
    expect(wordsOf(path ?? '')).toEqual(['export', `NIX_PATH=nixpkgs=${archive}`])
  })

  it('name branch and revision to npins, which takes one only with the other', () => {
    expect(snippets.npins.split('\n')).toEqual([
      'npins init --bare',
      `npins add --name nixpkgs github NixOS nixpkgs --branch nixos-unstable --at ${REVISION}`,
      '',
    ])
  })

  it('open a shell with one line', () => {
    const words = wordsOf(snippets.shell)
    expect(words.slice(0, 6)).toEqual([
      'nix',
      '--extra-experimental-features',
      'nix-command',
      'shell',
      '--impure',
      '--expr',
    ])
    expect(words.slice(7)).toEqual(['python311Packages.torch', 'blender'])
  })

  it('leave out a path that is none, and what must not be pasted', () => {
    const { flake, shell } = pinSnippets({ ...PINNED, attributes: ['a"', 'b\u202ec', 'ok'] })
    expect(wordsOf(shell).slice(7)).toEqual(['ok'])
    expect(flake).toContain('packages = [\n          pkgs.ok\n        ];')
  })

  it(`that are Nix are parsed by Nix, whatever the attributes are called${WITHOUT_NIX}`, () => {
    fc.assert(
      fc.property(fc.array(awkward, { maxLength: 3 }), (attributes) => {
        const { flake, fetchTarball, shell } = pinSnippets({ ...PINNED, attributes })
        for (const path of attributes) expect(flake).toContain(nixSelect('pkgs', path) ?? 'pkgs')
        for (const expression of [flake, fetchTarball, wordsOf(shell)[6] ?? '']) {
          expect(parsedByNix(expression)).toContain(REVISION)
        }
      }),
      { numRuns: 15 },
    )
  })

  it(`keep any text inside its string${WITHOUT_NIX}`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), (text) => {
        const literal = nixString(text)
        expect(literal.slice(1, -1)).not.toMatch(/(?:^|[^\\])(?:\\\\)*(?:"|\$\{)/)
        expect(parsedByNix(literal).trim()).toMatch(/^".*"$/s)
      }),
      { numRuns: 15 },
    )
  })
})

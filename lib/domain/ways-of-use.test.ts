import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsedByNix, WITHOUT_NIX } from '@/lib/testing/parsed-by-nix'
import type { UseFacts, UseSnippet } from './use-facts'
import { waysOfUse } from './ways-of-use'

const REVISION = '0123456789abcdef0123456789abcdef01234567'
const FLAKE_REVISION = 'fedcba9876543210fedcba9876543210fedcba98'
const KEY = 'cuda-maintainers.cachix.org-1:0dq3bujKpuEPMCX6U4WylrUDZ9JyUG0VpVZa7CNfq5E='
const FACTS: UseFacts = {
  caches: [
    {
      kind: 'cachix',
      name: 'cuda-maintainers',
      url: 'https://cuda-maintainers.cachix.org',
      publicKeys: [KEY],
    },
  ],
  nixpkgs: { web: 'https://github.com', owner: 'NixOS', name: 'nixpkgs' },
  ref: 'nixpkgs-unstable',
  revision: REVISION,
  config: '{ allowUnfree = true; cudaSupport = true; }',
  flake: {
    web: 'https://github.com',
    owner: 'SomeoneSerge',
    name: 'nixpkgs-unfree',
    ref: 'nixpkgs-unstable',
    revision: FLAKE_REVISION,
  },
  attributes: ['python311Packages.torch', 'blender'],
  system: 'x86_64-linux',
}
const EVERY_WAY = [
  ...['cachix', 'nixos', 'nixos-old', 'nix-conf', 'flake-config', 'trusted-users'],
  ...['import-nixpkgs', 'cuda-capabilities', 'user-config'],
  ...['run', 'follows', 'drop-in', 'overlays'],
]

function snippetsOf(facts: UseFacts): UseSnippet[] {
  return waysOfUse(facts).flatMap(({ snippets }) => snippets)
}

function textOf(id: string, facts = FACTS): string {
  return snippetsOf(facts).find((snippet) => snippet.id === id)?.text ?? ''
}

describe('The ways of use', () => {
  it('are all that the watched project names, each once', () => {
    expect(snippetsOf(FACTS).map(({ id }) => id)).toEqual(EVERY_WAY)
  })

  it('name cache and key of this installation wherever a cache is enabled', () => {
    expect(textOf('cachix')).toBe('cachix use cuda-maintainers\n')
    for (const id of ['nixos', 'nixos-old', 'nix-conf', 'flake-config']) {
      expect(textOf(id), id).toContain('https://cuda-maintainers.cachix.org')
      expect(textOf(id), id).toContain(KEY)
    }
  })

  it('name the options of NixOS as they are called now, and as old releases called them', () => {
    expect(textOf('nixos')).toMatch(/nix\.settings = \{\s+substituters = \[.*trusted-public-keys = \[/s)
    expect(textOf('nixos-old')).toMatch(/nix\.binaryCaches = \[.*nix\.binaryCachePublicKeys = \[/s)
  })

  it('pin the revision that is ready, and follow the branch where none is', () => {
    for (const id of ['import-nixpkgs', 'follows']) {
      expect(textOf(id)).toContain(`github:NixOS/nixpkgs/${REVISION}`)
      expect(textOf(id, { ...FACTS, revision: null })).toContain('"github:NixOS/nixpkgs/nixpkgs-unstable"')
    }
    expect(textOf('run')).toBe(
      `nix run 'github:SomeoneSerge/nixpkgs-unfree/nixpkgs-unstable#blender'
# The revision that is ready now:
nix run 'github:SomeoneSerge/nixpkgs-unfree/${FLAKE_REVISION}#blender'
`,
    )
  })

  it('warn that other capabilities give other hashes, where CUDA is built at all', () => {
    const snippet = snippetsOf(FACTS).find(({ id }) => id === 'cuda-capabilities')
    expect(snippet?.text).toContain('// { cudaCapabilities = [ "8.6" ]; }')
    expect(snippet?.notes.join(' ')).toContain('Every hash differs')
    expect(textOf('cuda-capabilities', { ...FACTS, config: '{ rocmSupport = true; }' })).toBe('')
  })

  it('leave out the flake of a CI that builds none, and the cache where there is none', () => {
    expect(waysOfUse({ ...FACTS, flake: null }).map(({ id }) => id)).toEqual(['cache', 'nixpkgs'])
    expect(waysOfUse({ ...FACTS, caches: [] }).map(({ id }) => id)).toEqual(['nixpkgs', 'flake'])
  })

  it('ask for cachix only where a cache is one', () => {
    const caches = FACTS.caches.map((cache) => ({ ...cache, kind: 'binary-cache' as const }))
    expect(snippetsOf({ ...FACTS, caches }).map(({ id }) => id)).not.toContain('cachix')
  })

  it(`that are Nix are parsed by Nix${WITHOUT_NIX}`, () => {
    const nix = snippetsOf(FACTS).filter(({ kind }) => kind === 'nix')
    expect(nix.length).toBe(10)
    for (const { id, text } of nix) expect(() => parsedByNix(text), id).not.toThrow()
  })

  it(`are still Nix whatever the configuration names${WITHOUT_NIX}`, () => {
    const awkward = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(awkward, awkward, (name, text) => {
        const flake = { web: 'https://github.com', owner: name, name: `or${name}`, ref: text, revision: null }
        const caches = [{ kind: 'cachix' as const, name, url: `https://x/${text}`, publicKeys: [`${text}\${x}"`] }]
        const facts = { ...FACTS, caches, flake, attributes: [`"${text.replace(/["\\$]/g, '')}"`, name] }
        for (const { id, kind, text: snippet } of snippetsOf(facts)) {
          if (kind === 'nix') expect(() => parsedByNix(snippet), id).not.toThrow()
        }
      }),
      { numRuns: 10 },
    )
  })
})

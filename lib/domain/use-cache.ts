import { nixList } from './nix-expression'
import { nixString } from './nix-string'
import { shellLine } from './shell-word'
import type { UsedCache, UseSnippet } from './use-facts'

/** How to let Nix download from the caches: none where no cache is configured. */
export function cacheSnippets(caches: readonly UsedCache[]): UseSnippet[] {
  if (caches.length === 0) return []
  const cachix = caches.flatMap((cache) => (cache.kind === 'cachix' ? cache.name : []))
  return [
    ...(cachix.length === 0 ? [] : [cachixSnippet(cachix)]),
    nixosSnippet(caches),
    oldNixosSnippet(caches),
    nixConfSnippet(caches),
    flakeSnippet(caches),
    trustedUsersSnippet(),
  ]
}

function cachixSnippet(names: readonly string[]): UseSnippet {
  return {
    id: 'cachix',
    title: 'With the cachix command',
    kind: 'shell',
    text: lines(names.map((name) => shellLine(['cachix', 'use', name]))),
    notes: ['Writes cache and key into the configuration of Nix, as the snippets below do by hand.'],
  }
}

function nixosSnippet(caches: readonly UsedCache[]): UseSnippet {
  return {
    id: 'nixos',
    title: 'On NixOS, in configuration.nix',
    kind: 'nix',
    text: `{
  nix.settings = {
    substituters = ${listOf(urlsOf(caches), '    ')};
    trusted-public-keys = ${listOf(keysOf(caches), '    ')};
  };
}
`,
    notes: [
      verifyNote(caches),
      'Takes effect with the next switch: packages wanted by that very switch are not helped.',
    ],
  }
}

function oldNixosSnippet(caches: readonly UsedCache[]): UseSnippet {
  return {
    id: 'nixos-old',
    title: 'On NixOS 21.11 and older',
    kind: 'nix',
    text: `{
  nix.binaryCaches = ${listOf(urlsOf(caches), '  ')};
  nix.binaryCachePublicKeys = ${listOf(keysOf(caches), '  ')};
}
`,
    notes: ['The same under the names that these options had before NixOS 22.05.'],
  }
}

/** Lines of `nix.conf` that make Nix ask these caches and trust what their keys signed. */
export function nixConfLines(caches: readonly UsedCache[]): string {
  return lines([
    `extra-substituters = ${urlsOf(caches).join(' ')}`,
    `extra-trusted-public-keys = ${keysOf(caches).join(' ')}`,
  ])
}

function nixConfSnippet(caches: readonly UsedCache[]): UseSnippet {
  return {
    id: 'nix-conf',
    title: 'Elsewhere, in /etc/nix/nix.conf',
    kind: 'nix.conf',
    text: nixConfLines(caches),
    notes: ['Restart the Nix daemon afterwards.', verifyNote(caches)],
  }
}

function flakeSnippet(caches: readonly UsedCache[]): UseSnippet {
  return {
    id: 'flake-config',
    title: 'For the users of your flake, in flake.nix',
    kind: 'nix',
    text: `{
  nixConfig = {
    extra-substituters = ${listOf(urlsOf(caches), '    ')};
    extra-trusted-public-keys = ${listOf(keysOf(caches), '    ')};
  };

  outputs = inputs: { };
}
`,
    notes: [
      'Nix asks whoever uses the flake whether to allow extra-substituters and extra-trusted-public-keys, and whether to remember the answer.',
      'Of a user who is not trusted, the daemon ignores both and says so in a warning.',
    ],
  }
}

function trustedUsersSnippet(): UseSnippet {
  return {
    id: 'trusted-users',
    title: 'Without enabling the cache for everybody: trusted users',
    kind: 'nix',
    text: `{
  nix.settings.trusted-users = [
    "root"
    "yourName"
  ];
}
`,
    notes: [
      'Outside NixOS the line in /etc/nix/nix.conf is: trusted-users = root yourName',
      'Trusted users can make Nix take anything from anywhere: they are as good as root on that machine.',
    ],
  }
}

function verifyNote(caches: readonly UsedCache[]): string {
  return `Compare the public key with the one at ${urlsOf(caches).join(' and ')} before you trust it.`
}

function urlsOf(caches: readonly UsedCache[]): string[] {
  return caches.map(({ url }) => url)
}

function keysOf(caches: readonly UsedCache[]): string[] {
  return caches.flatMap(({ publicKeys }) => publicKeys)
}

function listOf(texts: readonly string[], indent: string): string {
  return nixList(texts.map(nixString), indent)
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('')
}

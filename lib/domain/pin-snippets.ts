import { nixImport, nixList, nixSelect } from './nix-expression'
import { nixString } from './nix-string'
import { shellLine } from './shell-word'
import { archiveUrl, flakeRef, type GithubPlace } from './source-url'

/** What a pin is made of. */
export interface Pinned {
  readonly nixpkgs: GithubPlace
  readonly revision: string
  /** The branch of nixpkgs that the revision is of; null while it is not known. */
  readonly branch: string | null
  /** Attribute paths in nixpkgs, in Nix's text form. */
  readonly attributes: readonly string[]
  readonly system: string
  /** The `config` that the CI builds with, as a Nix expression: with another one every hash is another. */
  readonly config: string
}

/** The ways of pinning a revision, each a text to paste. */
export interface PinSnippets {
  /** A `flake.nix`. */
  readonly flake: string
  /** Shell lines: a channel, and the search path without one. */
  readonly channel: string
  /** Shell lines. */
  readonly npins: string
  /** A `shell.nix`. */
  readonly fetchTarball: string
  /** A shell line. */
  readonly shell: string
}

/** Snippets that get the packages as the CI built them, from that revision alone. */
export function pinSnippets(pinned: Pinned): PinSnippets {
  return {
    flake: flakeSnippet(pinned),
    channel: channelSnippet(pinned),
    npins: npinsSnippet(pinned),
    fetchTarball: tarballSnippet(pinned),
    shell: shellSnippet(pinned),
  }
}

function flakeSnippet(pinned: Pinned): string {
  const system = nixString(pinned.system)
  return `{
  inputs.nixpkgs.url = ${nixString(flakeRef(pinned.nixpkgs, pinned.revision))};

  outputs =
    { nixpkgs, ... }:
    let
      pkgs = ${nixImport('nixpkgs', { system, config: pinned.config })};
    in
    {
      devShells.${system}.default = pkgs.mkShell {
        packages = ${nixList(packagesOf(pinned), '        ')};
      };
    };
}
`
}

function channelSnippet({ nixpkgs, revision }: Pinned): string {
  const url = archiveUrl(nixpkgs, revision)
  return [
    shellLine(['nix-channel', '--add', url, 'nixpkgs']),
    shellLine(['nix-channel', '--update', 'nixpkgs']),
    '# Without a channel, for this shell alone:',
    `export ${shellLine([`NIX_PATH=nixpkgs=${url}`])}`,
    '',
  ].join('\n')
}

// `--at` takes a revision where a branch is named (npins' own help).
function npinsSnippet({ nixpkgs: { owner, name }, revision, branch }: Pinned): string {
  const add = ['npins', 'add', '--name', 'nixpkgs', 'github', owner, name, '--branch', branch ?? 'master']
  return ['npins init --bare', shellLine([...add, '--at', revision]), ''].join('\n')
}

function tarballSnippet(pinned: Pinned): string {
  return `let
  nixpkgs = fetchTarball ${nixString(archiveUrl(pinned.nixpkgs, pinned.revision))};
  pkgs = ${nixImport('nixpkgs', { config: pinned.config })};
in
pkgs.mkShell {
  packages = ${nixList(packagesOf(pinned), '  ')};
}
`
}

function shellSnippet({ nixpkgs, revision, config, attributes }: Pinned): string {
  const tarball = `(fetchTarball ${nixString(archiveUrl(nixpkgs, revision))})`
  const features = ['--extra-experimental-features', 'nix-command']
  // Impure: an archive without a hash, and the system of whoever runs it.
  const words = ['nix', ...features, 'shell', '--impure', '--expr', nixImport(tarball, { config })]
  return `${shellLine([...words, ...attributes.filter((path) => nixSelect('pkgs', path) !== null)])}\n`
}

function packagesOf({ attributes }: Pinned): string[] {
  return attributes.flatMap((path) => nixSelect('pkgs', path) ?? [])
}

import { nixImport, nixSelect } from './nix-expression'
import { nixString } from './nix-string'
import { archiveUrl, flakeRef } from './source-url'
import type { UseFacts, UseSnippet } from './use-facts'

/** How to evaluate nixpkgs so that it gives the hashes that the CI has built. */
export function nixpkgsSnippets(facts: UseFacts): UseSnippet[] {
  return [
    importSnippet(facts),
    ...(facts.config.includes('cudaSupport') ? [capabilitiesSnippet(facts)] : []),
    userConfigSnippet(facts),
  ]
}

function importSnippet(facts: UseFacts): UseSnippet {
  return {
    id: 'import-nixpkgs',
    title: 'In a flake: import nixpkgs with the configuration of the CI',
    kind: 'nix',
    text: flakeWith(facts, facts.config),
    notes: [
      'The most consistent way: every package that is taken from pkgs is then built as the CI builds it.',
      facts.revision === null
        ? 'No revision has all headline packages ready now, so the branch itself is named: expect to build.'
        : 'The revision is the newest one on which all headline packages are ready now; a later one may have to be built.',
    ],
  }
}

function capabilitiesSnippet(facts: UseFacts): UseSnippet {
  return {
    id: 'cuda-capabilities',
    title: 'For your own GPU alone: cudaCapabilities',
    kind: 'nix',
    text: flakeWith(facts, `${facts.config} // { cudaCapabilities = [ "8.6" ]; }`),
    notes: [
      'Every hash differs with another list of capabilities, down to packages that merely depend on something with CUDA: nothing of it comes from this cache, you build it all.',
    ],
  }
}

function userConfigSnippet({ nixpkgs, ref, revision, config }: UseFacts): UseSnippet {
  const at = revision ?? ref
  return {
    id: 'user-config',
    title: 'With <nixpkgs>, in ~/.config/nixpkgs/config.nix',
    kind: 'nix',
    text: `${config}\n`,
    notes: [
      `Let <nixpkgs> be nixpkgs itself${at === null ? '' : `: NIX_PATH=nixpkgs=${archiveUrl(nixpkgs, at)}`}.`,
      'Pointing <nixpkgs> at a flake that stands in for it has proven painful: tools that import <nixpkgs/lib> download one more copy of nixpkgs, or fail.',
    ],
  }
}

function flakeWith({ nixpkgs, ref, revision, attributes, system }: UseFacts, config: string): string {
  const package_ = attributes.flatMap((path) => nixSelect('pkgs', path) ?? [])[0] ?? 'pkgs.hello'
  return `{
  inputs.nixpkgs.url = ${nixString(flakeRef(nixpkgs, revision ?? ref))};

  outputs =
    { nixpkgs, ... }:
    let
      pkgs = ${nixImport('nixpkgs', { system: nixString(system), config })};
    in
    {
      packages.${nixString(system)}.default = ${package_};
    };
}
`
}

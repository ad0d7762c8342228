import { formatAttributePath, parseAttributePath } from './attribute-path'
import { nixSelect } from './nix-expression'
import { nixString } from './nix-string'
import { shellLine } from './shell-word'
import { flakeRef } from './source-url'
import type { UsedFlake, UseFacts, UseSnippet } from './use-facts'

/** How to use the flake that the CI builds in place of nixpkgs: none where the CI builds no flake. */
export function flakeSnippets(facts: UseFacts): UseSnippet[] {
  const { flake } = facts
  if (flake === null) return []
  return [
    ...runSnippets(facts, flake),
    followsSnippet(facts, flake),
    dropInSnippet(flake),
    overlaysSnippet(facts, flake),
  ]
}

/** A package that a name alone selects is taken for a program. */
function runSnippets({ attributes }: UseFacts, flake: UsedFlake): UseSnippet[] {
  const program = attributes.find((path) => parseAttributePath(path)?.length === 1)
  if (program === undefined) return []
  const run = (url: string) => shellLine(['nix', 'run', `${url}#${program}`])
  const pinned =
    flake.revision === null ? [] : ['# The revision that is ready now:', run(flakeRef(flake, flake.revision))]
  return [
    {
      id: 'run',
      title: `Run ${program}`,
      kind: 'shell',
      text: [run(followed(flake)), ...pinned, ''].join('\n'),
      notes: ['Needs nix-command and flakes among the experimental-features of nix.conf.'],
    },
  ]
}

function followsSnippet({ nixpkgs, revision, ref }: UseFacts, flake: UsedFlake): UseSnippet {
  const input = formatAttributePath([flake.name])
  return {
    id: 'follows',
    title: 'As an input that follows your nixpkgs',
    kind: 'nix',
    text: `{
  inputs.nixpkgs.url = ${nixString(flakeRef(nixpkgs, revision ?? ref))};
  inputs.${input}.url = ${nixString(flakeRef(flake, null))};
  inputs.${input}.inputs.nixpkgs.follows = "nixpkgs";

  outputs = inputs: { };
}
`,
    notes: ['Your nixpkgs decides the hashes: it comes from the cache as long as its revision is one that is ready.'],
  }
}

function dropInSnippet(flake: UsedFlake): UseSnippet {
  return {
    id: 'drop-in',
    title: 'In place of nixpkgs, for your other inputs too',
    kind: 'nix',
    text: `{
  inputs.nixpkgs.url = ${nixString(followed(flake))};
  inputs.home-manager.url = "github:nix-community/home-manager";
  inputs.home-manager.inputs.nixpkgs.follows = "nixpkgs";

  outputs = inputs: { };
}
`,
    notes: ['Works unless an input does something special with nixpkgs.'],
  }
}

function overlaysSnippet({ attributes, system, config }: UseFacts, flake: UsedFlake): UseSnippet {
  const package_ = attributes.flatMap((path) => nixSelect('pkgs', path) ?? [])[0] ?? 'pkgs.hello'
  return {
    id: 'overlays',
    title: 'Imported as nixpkgs, with overlays',
    kind: 'nix',
    text: `{
  inputs.nixpkgs.url = ${nixString(followed(flake))};

  outputs =
    { nixpkgs, ... }:
    let
      system = ${nixString(system)};
      overlay = final: prev: { };
      pkgs = import nixpkgs {
        inherit system;
        overlays = [ overlay ];
      };
    in
    {
      packages.\${system}.default = ${package_};
    };
}
`,
    notes: [
      `If you pass config yourself, say all of it again: config = ${config}.`,
      'What an overlay changes has another hash and is built, with everything that depends on it.',
    ],
  }
}

/** The flake as it moves on with the branch. */
function followed(flake: UsedFlake): string {
  return flakeRef(flake, flake.ref)
}

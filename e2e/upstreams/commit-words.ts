import { between, pick, unitOf } from './random'

const NATIVE = [
  'alacritty',
  'bacon',
  'cargo-deny',
  'caddy',
  'calibre',
  'deno',
  'eza',
  'fish',
  'forgejo',
  'gitui',
  'grafana',
  'helix',
  'hugo',
  'immich-cli',
  'jujutsu',
  'k9s',
  'kubectl-cnpg',
  'libreoffice',
  'mpv',
  'neovim',
  'nushell',
  'obsidian',
  'opentofu',
  'prometheus',
  'qemu',
  'restic',
  'ripgrep',
  'signal-desktop',
  'syncthing',
  'terraform-ls',
  'typst',
  'uv',
  'vscode-extensions.rust-lang.rust-analyzer',
  'wireshark',
  'yt-dlp',
  'zellij',
] as const
const PYTHON = [
  'aiohttp',
  'boto3',
  'cryptography',
  'django',
  'fastapi',
  'homeassistant-stubs',
  'httpx',
  'mypy-boto3-builder',
  'networkx',
  'pandas',
  'pydantic',
  'pytest-asyncio',
  'requests',
  'rich',
  'scikit-learn',
  'sqlalchemy',
  'twisted',
  'xarray',
] as const
const MODULES = ['caddy', 'forgejo', 'immich', 'postgresql', 'systemd', 'networkd', 'openssh', 'borgbackup'] as const
const WORK = [
  'fix build',
  'fix darwin build',
  'adopt',
  'refactor',
  'add changelog to meta',
  'remove unused patch',
  'use finalAttrs',
] as const
const PEOPLE = ['amber-k', 'bjornf', 'cdepillabout', 'dkraus', 'figsoda', 'r-ryantm', 'lsolano', 'nmoreau'] as const

/** A commit of nixpkgs that has nothing to do with the demo's packages: its subject and what it changes. */
export interface OrdinaryCommit {
  readonly subject: string
  readonly files: readonly string[]
}

/** Who wrote a commit; half of nixpkgs is written by its update robot. */
export function authorOf(key: string): string {
  return unitOf(`${key}:robot`) < 0.4 ? 'r-ryantm' : pick(`${key}:author`, PEOPLE)
}

/** The subject of a merged pull request, which names a fork's branch and nothing that it does. */
export function mergeSubject(key: string): string {
  const number = Math.floor(between(`${key}:number`, 285_000, 314_000))
  return `Merge pull request #${number} from ${authorOf(`${key}:fork`)}/${pick(`${key}:branch`, ['auto-update', 'fix-build', 'init', 'cleanup'])}-${number % 97}`
}

/** What the text chooses among the everyday work on nixpkgs. */
export function ordinaryCommit(key: string): OrdinaryCommit {
  const roll = unitOf(`${key}:kind`)
  if (roll < 0.27) return { subject: mergeSubject(key), files: [] }
  if (roll < 0.6) return ofNative(key, bump(key))
  if (roll < 0.76) return ofPython(key, bump(key))
  if (roll < 0.88) return ofNative(key, pick(`${key}:work`, WORK))
  if (roll < 0.975) return ofModule(key)
  if (roll < 0.997) return { subject: `maintainers: add ${authorOf(key)}`, files: ['maintainers/maintainer-list.nix'] }
  return { subject: 'treewide: remove references to removed aliases', files: ['pkgs/top-level/all-packages.nix'] }
}

function bump(key: string): string {
  const [major, minor] = [Math.floor(between(`${key}:major`, 0, 9)), Math.floor(between(`${key}:minor`, 0, 30))]
  const patch = Math.floor(between(`${key}:patch`, 0, 8))
  return `${major}.${minor}.${patch} -> ${major}.${minor}.${patch + 1}`
}

function ofNative(key: string, what: string): OrdinaryCommit {
  const name = pick(`${key}:name`, NATIVE)
  return { subject: `${name}: ${what}`, files: [byNamePath(name)] }
}

function ofPython(key: string, what: string): OrdinaryCommit {
  const name = pick(`${key}:name`, PYTHON)
  const files = [`pkgs/development/python-modules/${name}/default.nix`]
  return { subject: `python3Packages.${name}: ${what}`, files }
}

function ofModule(key: string): OrdinaryCommit {
  const name = pick(`${key}:name`, MODULES)
  return { subject: `nixos/${name}: ${pick(`${key}:work`, WORK)}`, files: [`nixos/modules/services/${name}.nix`] }
}

/** Where nixpkgs keeps a package that no other directory claims. */
export function byNamePath(name: string): string {
  return `pkgs/by-name/${name.slice(0, 2).toLowerCase()}/${name}/package.nix`
}

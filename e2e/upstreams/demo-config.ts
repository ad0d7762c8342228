import { CACHE_NAME, cacheKeysOf } from './cache-contents'
import { NAMES } from './hercules-jobs'
import { VARIANTS } from './packages'
import { DEMO_WEBHOOK_SECRET_ENV } from './webhook'
import type { World } from './world'

/** Addresses of the servers, without a slash at the end. */
export interface DemoAddresses {
  readonly herculesCi: string
  readonly cachix: string
  readonly binaryCache: string
  readonly github: string
  readonly webhook: string
}

/** The names that a package had over the years, newest first; a bare name is what the `neverBreak` list holds. */
function pythonNames(...names: readonly [string, ...string[]]): readonly string[] {
  return [`python3Packages.${names[0]}`, ...names.map((name) => `python3*Packages.${name}`), names[0]]
}

function sourceOf(world: World, addresses: DemoAddresses) {
  return {
    id: NAMES.project,
    kind: 'hercules-ci',
    url: addresses.herculesCi,
    site: NAMES.site,
    account: NAMES.account,
    project: NAMES.project,
    handlers: ['OnPush/default'],
    variants: VARIANTS.map((variant) => (variant.startsWith('cuda') ? 'cuda_*_*' : variant)),
    branchFrom: 'ref',
    attributes: [
      'defaultChecks.{system}.{variant}_{package:_}',
      'neverBreak.{variant}.pyPackages.{package}',
      'neverBreak.{variant}.{package}',
    ],
    repository: {
      api: addresses.github,
      owner: NAMES.account,
      name: NAMES.project,
      lockInput: world.lockLayout === 'one-input' ? 'nixpkgs' : 'nixpkgs-{branch}',
    },
  }
}

/** A configuration of Flakeboard that watches the demo's servers. */
export function demoConfigOf(world: World, addresses: DemoAddresses) {
  const keys = cacheKeysOf(world)
  return {
    demo: true,
    title: 'CUDA-enabled nixpkgs',
    sources: [sourceOf(world, addresses)],
    upstream: { api: addresses.github, owner: 'NixOS', name: 'nixpkgs' },
    caches: [
      {
        id: CACHE_NAME,
        kind: 'cachix',
        name: CACHE_NAME,
        url: addresses.cachix,
        api: addresses.cachix,
        recheckMinutes: 60,
        publicKeys: [keys.cachix.publicKey],
      },
      { id: 'mirror', kind: 'binary-cache', url: addresses.binaryCache, publicKeys: [keys.mirror.publicKey] },
    ],
    branches: [
      { name: 'master' },
      { name: 'nixos-unstable' },
      { name: 'nixpkgs-unstable' },
      { name: 'release', ref: 'nixos-??.??' },
    ],
    packages: [
      { name: 'pytorch', attributes: pythonNames('torch', 'pytorch'), headline: true },
      { name: 'tensorflow', attributes: pythonNames('tensorflowWithCuda', 'tensorflow'), headline: true },
      { name: 'jax', attributes: pythonNames('jax'), headline: true },
      { name: 'blender', attributes: ['blender'], headline: true },
      { name: 'jaxlib', attributes: pythonNames('jaxlib') },
      { name: 'cudnn', attributes: ['cudaPackages.cudnn', 'cudnn'] },
    ],
    ignoreOutputs: ['doc', 'devdoc', 'man', 'info', 'debug', 'dist'],
    staleAfterHours: 48,
    staleBehindDays: 14,
    sync: { schedule: '*/15 * * * *', historyDays: 120 },
    notifications: [
      { id: 'team', kind: 'webhook', url: `${addresses.webhook}/hook`, secretEnv: DEMO_WEBHOOK_SECRET_ENV },
    ],
  }
}

export type DemoConfig = ReturnType<typeof demoConfigOf>

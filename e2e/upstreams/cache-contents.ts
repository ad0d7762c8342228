import { endOf } from './builds'
import type { DemoDerivation } from './derivations'
import type { FaultBook } from './faults'
import type { DemoJob } from './history'
import { BRANCHES } from './locks'
import { makeSigningKey, narinfoText, type SigningKey } from './narinfo'
import { unitOf } from './random'
import { digestPartOf } from './store-path'
import { closureOf, type World } from './world'

const DAY_MS = 86_400_000
const GONE_AFTER_DAYS = 50
const COLLECTABLE_AFTER_DAYS = 6

/** One built output and the derivation that it is of. */
export interface StoredOutput {
  readonly derivation: DemoDerivation
  readonly output: DemoDerivation['outputs'][number]
}

/** The keys of the demo's caches; the mirror signs for itself, a stranger signed one path. */
export interface CacheKeys {
  readonly cachix: SigningKey
  readonly mirror: SigningKey
  readonly stranger: SigningKey
  /** Bears the name of the cachix key, with other bytes. */
  readonly forger: SigningKey
}

export const CACHE_NAME = 'cuda-maintainers'

/** The demo's keys: the name says demo, so that nobody trusts one by mistake. */
export function cacheKeysOf(world: World): CacheKeys {
  const cachixName = `${CACHE_NAME}-demo-1`
  return {
    cachix: makeSigningKey(cachixName, `${world.seed}:cachix`),
    mirror: makeSigningKey('mirror-demo-1', `${world.seed}:mirror`),
    stranger: makeSigningKey('laptop-of-a-volunteer-1', `${world.seed}:stranger`),
    forger: makeSigningKey(cachixName, `${world.seed}:forger`),
  }
}

// Packages of the newest evaluations: by what befell them in the cache.
const EVICTED: Readonly<Record<DemoDerivation['lineage'], readonly string[]>> = {
  trunk: ['colmapWithCuda', 'tts', 'openmm'],
  release: ['blender', 'torch', 'torchvision', 'xformers', 'vllm', 'gromacs'],
}
const NEVER_PUSHED: readonly string[] = ['gpu-burn', 'ctranslate2']
const FOREIGN = 'lightgbm'
const MIRRORED: readonly string[] = ['blas', 'lapack', 'numpy', 'torch']

/** What the caches could hold: every built output by its digest, and what the newest evaluations want. */
export interface Shelf {
  readonly outputs: ReadonlyMap<string, StoredOutput>
  readonly wantedNow: ReadonlySet<DemoDerivation>
}

const shelves = new WeakMap<World, { readonly version: number; readonly shelf: Shelf }>()

/** The shelf of the world as it is now. */
export function shelfOf(world: World): Shelf {
  const known = shelves.get(world)
  if (known?.version === world.version) return known.shelf
  const shelf = { outputs: builtOutputs(world), wantedNow: wantedNow(world) }
  shelves.set(world, { version: world.version, shelf })
  return shelf
}

function builtOutputs(world: World): Shelf['outputs'] {
  const built = [...world.book.builds.values()].filter((build) => build.state === 'BuildSuccess')
  return new Map(
    built.flatMap(({ derivation }) =>
      derivation.outputs.map((output) => [digestPartOf(output.path), { derivation, output }] as const),
    ),
  )
}

function wantedNow(world: World): Shelf['wantedNow'] {
  const newest = BRANCHES.flatMap((branch) => {
    const isFinished = (job: DemoJob) => job.push.branch === branch && job.type === 'OnPush' && world.ends.has(job.id)
    return world.jobs.findLast(isFinished) ?? []
  })
  return new Set(newest.flatMap((job) => closureOf(world, job)))
}

function ageDays(world: World, derivation: DemoDerivation): number {
  return (world.clock - (world.lastWanted.get(derivation.path) ?? 0)) / DAY_MS
}

/** Does the cachix cache hold the output: pushed once, and not collected since? */
export function isHeldByCachix(world: World, { derivation }: StoredOutput): boolean {
  const { spec, lineage, path } = derivation
  if (spec.isUpstream || NEVER_PUSHED.includes(spec.name) || endOf(world.book, path, 0) > world.clock) return false
  const age = ageDays(world, derivation)
  if (age > GONE_AFTER_DAYS) return unitOf(`${path}:kept`) < 0.08
  if (!world.isCollected) return true
  if (shelfOf(world).wantedNow.has(derivation)) return !EVICTED[lineage].includes(spec.name)
  return age < COLLECTABLE_AFTER_DAYS || unitOf(`${path}:kept`) > 0.45
}

/** Does the plain cache hold the output? It mirrors a few packages of the release and of the base. */
export function isHeldByMirror(world: World, { derivation }: StoredOutput): boolean {
  const isMirrored = MIRRORED.includes(derivation.spec.name)
  return (
    isMirrored &&
    derivation.variant === 'basic' &&
    (derivation.lineage === 'release' || derivation.spec.isUpstream) &&
    shelfOf(world).wantedNow.has(derivation)
  )
}

/** The narinfo of an output at the cachix cache, under the faults that are on. */
export function cachixNarinfo(keys: CacheKeys, { derivation, output }: StoredOutput, faults: FaultBook): string {
  if (faults.names('forge', digestPartOf(output.path))) return narinfoText(derivation, output, [keys.forger])
  const isForeign = derivation.spec.name === FOREIGN && derivation.lineage === 'trunk'
  return narinfoText(derivation, output, [isForeign ? keys.stranger : keys.cachix])
}

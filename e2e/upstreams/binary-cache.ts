import { type CacheKeys, cacheKeysOf, isHeldByMirror, shelfOf } from './cache-contents'
import type { FaultBook } from './faults'
import { narinfoText } from './narinfo'
import { type Answer, type ServeOptions, serve, text, type Upstream } from './serve'
import type { World } from './world'

/** Starts the demo's plain binary cache: a mirror of a few paths, signed with a key of its own. */
export function startBinaryCache(world: World, options: ServeOptions = {}): Promise<Upstream> {
  const keys = cacheKeysOf(world)
  return serve(world, (request, faults) => answer(request.segments.join('/'), { world, keys, faults }), options)
}

interface Context {
  readonly world: World
  readonly keys: CacheKeys
  readonly faults: FaultBook
}

function answer(path: string, { world, keys, faults }: Context): Answer {
  if (path === 'nix-cache-info') return text('StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 50\n')
  const digest = /^([0-9a-z]{32})\.narinfo$/.exec(path)?.[1] ?? ''
  const stored = shelfOf(world).outputs.get(digest)
  if (stored === undefined || faults.names('evict', digest) || !isHeldByMirror(world, stored))
    return text('not found', 404)
  const key = faults.names('forge', digest) ? { ...keys.forger, name: keys.mirror.name } : keys.mirror
  return text(narinfoText(stored.derivation, stored.output, [key]), 200, { 'content-type': 'text/x-nix-narinfo' })
}

import { z } from 'zod'
import {
  CACHE_NAME,
  type CacheKeys,
  cacheKeysOf,
  cachixNarinfo,
  isHeldByCachix,
  type StoredOutput,
  shelfOf,
} from './cache-contents'
import type { FaultBook } from './faults'
import { type Answer, json, type ServeOptions, serve, text, type Upstream, type UpstreamRequest } from './serve'
import type { World } from './world'

const DigestsSchema = z.array(z.string())

/** Starts the demo's cachix: the API under `/api/v1` and the cache host's files at the root, both at one address. */
export function startCachix(world: World, options: ServeOptions = {}): Promise<Upstream> {
  const keys = cacheKeysOf(world)
  return serve(world, (request, faults) => answer(request, { world, keys, faults }), options)
}

interface Context {
  readonly world: World
  readonly keys: CacheKeys
  readonly faults: FaultBook
}

function answer(request: UpstreamRequest, context: Context): Answer {
  const [api, version, kind, name, ...rest] = request.segments
  if (api !== 'api') return files(request.segments.join('/'), context)
  if (version !== 'v1' || kind !== 'cache') return json({ error: 'Not found' }, 404)
  // Without a token, a private cache and one that does not exist are told alike.
  if (name !== CACHE_NAME) return json({ error: 'Unauthorized' }, 401)
  if (rest.length === 0) return json(record(request, context))
  if (request.method === 'POST' && rest.join('/') === 'narinfo') return bulk(request.body, context)
  return files(rest.join('/'), context)
}

function record({ headers }: UpstreamRequest, { keys }: Context) {
  return {
    name: CACHE_NAME,
    uri: `http://${headers.host ?? '127.0.0.1'}`,
    isPublic: true,
    publicSigningKeys: [keys.cachix.publicKey],
    githubUsername: 'samuela',
    permission: 'Read',
    preferredCompressionMethod: 'ZSTD',
  }
}

function held(digest: string, { world, faults }: Context): StoredOutput | null {
  const stored = shelfOf(world).outputs.get(digest)
  if (stored === undefined || faults.names('evict', digest)) return null
  return isHeldByCachix(world, stored) ? stored : null
}

// Bulk counts what cache.nixos.org has as there, though this cache never stored it.
function isMissing(digest: string, context: Context): boolean {
  const stored = shelfOf(context.world).outputs.get(digest)
  return held(digest, context) === null && stored?.derivation.spec.isUpstream !== true
}

function bulk(body: string, context: Context): Answer {
  const digests = DigestsSchema.safeParse(parsed(body))
  if (!digests.success) return json({ error: 'expected an array of digests' }, 400)
  return json([...new Set(digests.data)].filter((digest) => isMissing(digest, context)))
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function files(path: string, context: Context): Answer {
  if (path === 'nix-cache-info')
    return text('StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 41\n', 200, {
      'content-type': 'application/octet-stream',
    })
  const digest = /^([0-9a-z]{32})\.narinfo$/.exec(path)?.[1]
  const stored = digest === undefined ? null : held(digest, context)
  if (stored === null) return text('404', 404)
  return text(cachixNarinfo(context.keys, stored, context.faults), 200, { 'content-type': 'text/x-nix-narinfo' })
}

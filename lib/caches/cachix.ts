import 'server-only'
import { z } from 'zod'
import type { UpstreamRequest } from '@/lib/net/request'
import { parseAnswer, requestJson } from '@/lib/net/request-json'
import { type BinaryCacheOptions, binaryCache, doorOf, toBase } from './binary-cache'
import type { Cache } from './cache'
import { isDigest } from './store-path'

export interface CachixCacheOptions extends BinaryCacheOptions {
  /** As in API paths. */
  readonly name: string
  /** Host of the API, without `/api/v1`. */
  readonly api: string | URL
}

// A name and 44 characters of base64; a cache has one or two keys.
const KEY_LENGTH_MAX = 400
const KEYS_MAX = 50
// No stricter than needed: the server has more fields, and had fewer in older versions.
const CacheRecordSchema = z.object({
  name: z.string(),
  uri: z.string(),
  isPublic: z.boolean(),
  publicSigningKeys: z.array(z.string().max(KEY_LENGTH_MAX)).max(KEYS_MAX),
})
const MissingSchema = z.array(z.string())

/** What Cachix says of a cache. Its keys come from the server that they would verify: compare, never trust. */
export type CacheRecord = Readonly<z.infer<typeof CacheRecordSchema>>

export interface CachixCache extends Cache {
  /** One or more bulk questions, batched; digests that cannot exist are missing without asking. Throws `UpstreamError`. */
  readonly askMissing: (digests: readonly string[]) => Promise<ReadonlySet<string>>
  /** Throws `UpstreamError`. */
  readCacheRecord(): Promise<CacheRecord>
}

interface Api {
  readonly base: URL
  readonly headers: Readonly<Record<string, string>>
  readonly request: UpstreamRequest
}

const BATCH_DIGESTS_MAX = 1_000
const JSON_BYTES_MAX = 1024 * 1024

/** A cache on Cachix: its own host for narinfo files, the API for the bulk question. */
export function cachixCache(options: CachixCacheOptions): CachixCache {
  const { name, token } = options
  const api: Api = {
    base: new URL(`api/v1/cache/${encodeURIComponent(name)}`, toBase(options.api)),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    request: doorOf(options),
  }
  return {
    ...binaryCache(options),
    askMissing: (digests) => askMissing(api, digests),
    readCacheRecord: () => readCacheRecord(api),
    readPublishedKeys: async () => (await readCacheRecord(api)).publicSigningKeys,
  }
}

/** "Missing" says that a push would upload it: what is not missing may still be on cache.nixos.org alone. */
async function askMissing(api: Api, digests: readonly string[]): Promise<ReadonlySet<string>> {
  // A digest that is sent twice comes back although it is there.
  const asked = [...new Set(digests)]
  const missing = new Set(asked.filter((digest) => !isDigest(digest)))
  const possible = asked.filter(isDigest)
  for (let start = 0; start < possible.length; start += BATCH_DIGESTS_MAX) {
    const batch = possible.slice(start, start + BATCH_DIGESTS_MAX)
    const answer = new Set(await askBatch(api, batch))
    for (const digest of batch) if (answer.has(digest)) missing.add(digest)
  }
  return missing
}

async function askBatch({ base, headers, request }: Api, batch: readonly string[]): Promise<string[]> {
  const url = new URL('narinfo', toBase(base))
  const response = await request(url, {
    method: 'POST',
    headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(batch),
    maxBytes: JSON_BYTES_MAX,
  })
  return parseAnswer(url, MissingSchema, response).data
}

async function readCacheRecord({ base, headers, request }: Api): Promise<CacheRecord> {
  return (await requestJson(request, base, CacheRecordSchema, { headers, maxBytes: JSON_BYTES_MAX })).data
}

import 'server-only'
import { publicAddress } from '@/lib/net/address'
import { UpstreamError } from '@/lib/net/errors'
import { sharedRequest, type UpstreamRequest, type UpstreamResponse } from '@/lib/net/request'
import type { Cache, CacheInfo, PathAnswer } from './cache'
import { parseCacheInfo } from './cache-info'
import { countQuestions, type QuestionKind } from './count-questions'
import { describeForeignPage } from './foreign-page'
import { NARINFO_BYTES_MAX } from './narinfo'
import { type PublicKeys, parsePublicKeys } from './public-keys'
import { parseStorePath } from './store-path'
import { type Question, unreadableNarinfo, verifyNarinfo } from './verify-path'

export interface BinaryCacheOptions {
  readonly id: string
  /** Base address; a path in it is kept. */
  readonly url: string | URL
  /** `name:base64` each; the configuration has told their faults before. */
  readonly publicKeys: readonly string[]
  /** For a private cache. Sent as Nix does from a netrc: HTTP basic, no user name, the token as password. */
  readonly token?: string | undefined
  readonly request?: UpstreamRequest
  /** Told each question that goes out to the cache, retries and redirects too. */
  readonly onQuestion?: ((kind: QuestionKind) => void) | undefined
}

interface Reader {
  readonly base: URL
  readonly keys: PublicKeys
  readonly headers: Readonly<Record<string, string>>
  readonly request: UpstreamRequest
}

const CACHE_INFO_BYTES_MAX = 64 * 1024
// Not failures here: a cache on S3 answers 403 for an unknown key when it may not be listed.
const ABSENT = new Set([404, 410])
const FORBIDDEN = 403

/** A server of the Nix binary cache protocol. It has no bulk question. Throws for public keys that are none. */
export function binaryCache(options: BinaryCacheOptions): Cache {
  const { id, url, publicKeys, token } = options
  const headers = token === undefined ? {} : { authorization: `Basic ${Buffer.from(`:${token}`).toString('base64')}` }
  const reader: Reader = { base: toBase(url), keys: toKeys(publicKeys), headers, request: doorOf(options) }
  return {
    id,
    askMissing: null,
    readInfo: () => readInfo(reader),
    readPublishedKeys: null,
    askPath: (storePath) => askPath(reader, storePath),
  }
}

/** The door that a cache is asked through: it counts where somebody wants to know. */
export function doorOf({ request = sharedRequest, onQuestion }: BinaryCacheOptions): UpstreamRequest {
  return onQuestion === undefined ? request : countQuestions(request, onQuestion)
}

/** An address below which names resolve: with a slash at its end. */
export function toBase(url: string | URL): URL {
  const base = new URL(url)
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return base
}

async function readInfo({ base, headers, request }: Reader): Promise<CacheInfo> {
  const url = new URL('nix-cache-info', base)
  const { text } = await request(url, { headers, maxBytes: CACHE_INFO_BYTES_MAX })
  const foreign = describeForeignPage(text)
  const info = foreign === null ? parseCacheInfo(text) : null
  if (info === null)
    throw new UpstreamError('invalid-response', publicAddress(url), foreign ?? 'what answers is no nix-cache-info')
  return info
}

async function askPath(reader: Reader, storePath: string): Promise<PathAnswer> {
  const asked = parseStorePath(storePath)
  if (asked === null) return { kind: 'unreachable', reason: 'what the source names is no store path' }
  const { base, keys, headers, request } = reader
  try {
    const response = await request(new URL(`${asked.digest}.narinfo`, base), {
      headers,
      maxBytes: NARINFO_BYTES_MAX,
      acceptStatus: [...ABSENT, FORBIDDEN],
    })
    return answerOf(response, { storePath: asked, keys })
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    if (error.kind === 'too-large') return { kind: 'present', narinfo: unreadableNarinfo('too-large') }
    return { kind: 'unreachable', reason: error.message }
  }
}

function answerOf({ status, text }: UpstreamResponse, question: Question): PathAnswer {
  if (ABSENT.has(status)) return { kind: 'absent' }
  if (status === FORBIDDEN) return { kind: 'forbidden' }
  const foreign = status === 200 ? describeForeignPage(text) : `answered HTTP ${status}`
  if (foreign !== null) return { kind: 'unreachable', reason: foreign }
  return { kind: 'present', narinfo: verifyNarinfo(text, question) }
}

function toKeys(publicKeys: readonly string[]): PublicKeys {
  const { keys, faults } = parsePublicKeys(publicKeys)
  if (faults.length > 0) throw new Error(`Public keys of a cache: ${faults.map(({ reason }) => reason).join('; ')}`)
  return keys
}

import 'server-only'
import { z } from 'zod'
import { addressOf, publicAddress } from '@/lib/net/address'
import { UpstreamError } from '@/lib/net/errors'
import { sharedRequest, type UpstreamOptions, type UpstreamRequest } from '@/lib/net/request'
import { parseAnswer } from '@/lib/net/request-json'
import { type LockedInput, parseLock } from './lock'

export interface GithubSettings {
  /** Base of the REST API, such as `https://api.github.com`. */
  readonly api: string
  /** Host of raw files to read lock files from instead, such as `https://raw.githubusercontent.com`; it gets no token. */
  readonly raw?: string | undefined
  readonly owner: string
  readonly name: string
  readonly token?: string | undefined
  /** The process's own door unless given. */
  readonly request?: UpstreamRequest
}

export interface BranchHead {
  readonly revision: string
  /** Committer date. */
  readonly date: Date
  readonly etag: string | null
}

/** What a lock file says of an input, or why it does not. */
export type LockAnswer =
  | ({ readonly kind: 'locked' } & LockedInput)
  | { readonly kind: 'unreadable'; readonly address: string; readonly reason: string }

/** A repository on GitHub. Both methods throw `UpstreamError`; a spent budget is `rate-limited` with `retryAt`. */
export interface GithubRepository {
  /** What the lock file at a revision of this repository pins an input to. One file serves many inputs and is asked for once. */
  readLock(revision: string, input: string): Promise<LockAnswer>
  /** The newest commit of a branch; `absent` where there is no such branch, `not-modified` where `etag` still holds. */
  readBranchHead(ref: string, etag?: string): Promise<BranchHead | 'not-modified' | 'absent'>
}

const CommitSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  commit: z.object({ committer: z.object({ date: z.iso.datetime({ offset: true }) }) }),
})

const LOCK_BYTES_MAX = 4 * 1024 * 1024
const LOCKS_KEPT = 32
// 422 is how GitHub says that no commit has that name.
const NO_SUCH_REF = [404, 422]

export function githubRepository(settings: GithubSettings): GithubRepository {
  const readLockFile = rememberNewest(LOCKS_KEPT, (revision) => fetchLockFile(settings, revision))
  return {
    readLock: async (revision, input) => {
      const lock = parseLock(await readLockFile(revision), input)
      if (!('fault' in lock)) return { kind: 'locked', ...lock }
      return { kind: 'unreadable', address: publicAddress(lockFileUrl(settings, revision)), reason: lock.fault }
    },
    readBranchHead: (ref, etag) => readBranchHead(settings, ref, etag),
  }
}

async function fetchLockFile(settings: GithubSettings, revision: string): Promise<string> {
  const headers = settings.raw === undefined ? headersOf(settings, 'application/vnd.github.raw+json') : {}
  const url = lockFileUrl(settings, revision)
  const { text } = await (settings.request ?? sharedRequest)(url, { headers, maxBytes: LOCK_BYTES_MAX })
  // A proxy's page in its place is a fault of today; a lock file that cannot be read is one for good.
  if (/^\s*</.test(text)) {
    throw new UpstreamError('invalid-response', publicAddress(url), 'answered with an HTML page instead of a lock file')
  }
  return text
}

function lockFileUrl({ api, raw, owner, name }: GithubSettings, revision: string): URL {
  if (raw !== undefined) return addressOf(raw, [owner, name, revision, 'flake.lock'])
  const url = addressOf(api, ['repos', owner, name, 'contents', 'flake.lock'])
  url.searchParams.set('ref', revision)
  return url
}

async function readBranchHead(
  settings: GithubSettings,
  ref: string,
  etag: string | undefined,
): Promise<BranchHead | 'not-modified' | 'absent'> {
  const url = addressOf(settings.api, ['repos', settings.owner, settings.name, 'commits', ref])
  // A commit comes with the files that it changes; a merge of staging changes thousands, and none is of use here.
  url.searchParams.set('per_page', '1')
  const headers = headersOf(settings, 'application/vnd.github+json')
  const options: UpstreamOptions = { headers, acceptStatus: NO_SUCH_REF, ...(etag === undefined ? {} : { etag }) }
  const response = await (settings.request ?? sharedRequest)(url, options)
  if (response.isNotModified) return 'not-modified'
  if (NO_SUCH_REF.includes(response.status)) return 'absent'
  const answer = parseAnswer(url, CommitSchema, response)
  return { revision: answer.data.sha, date: new Date(answer.data.commit.committer.date), etag: answer.etag }
}

export function headersOf(settings: GithubSettings, accept: string): Record<string, string> {
  const headers: Record<string, string> = { accept, 'x-github-api-version': '2022-11-28' }
  if (settings.token) headers.authorization = `Bearer ${settings.token}`
  return headers
}

// A file at a revision never changes; a failure is not kept.
function rememberNewest(kept: number, fetchText: (key: string) => Promise<string>): (key: string) => Promise<string> {
  const texts = new Map<string, Promise<string>>()
  return (key) => {
    const asked = texts.get(key) ?? fetchText(key)
    texts.delete(key)
    texts.set(key, asked)
    asked.catch(() => texts.delete(key))
    for (const oldest of texts.keys()) {
      if (texts.size <= kept) break
      texts.delete(oldest)
    }
    return asked
  }
}

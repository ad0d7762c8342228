import 'server-only'
import { z } from 'zod'
import { addressOf } from '@/lib/net/address'
import { sharedRequest, type UpstreamResponse } from '@/lib/net/request'
import { parseAnswer } from '@/lib/net/request-json'
import { type GithubSettings, headersOf } from './github'

/** One commit of a range, as much of it as suspects need. */
export interface RangeCommit {
  readonly sha: string
  /** First line of the message; third-party text. */
  readonly subject: string
  /** Committer date, or the author's where there is none that can be read. */
  readonly date: Date | null
}

/** How the head of a range stands to its base; a word that GitHub invents later is `unknown`. */
export type Ancestry = 'ahead' | 'identical' | 'behind' | 'diverged' | 'unknown'

/** One page of a range: commits that the head has and the base has not, oldest first. */
export interface CommitPage {
  readonly ancestry: Ancestry
  /** Of the whole range. */
  readonly totalCommits: number
  readonly commits: readonly RangeCommit[]
  /** Requests that the host still grants in this hour; null where it does not say. */
  readonly remaining: number | null
}

export interface CommitFiles {
  /** Paths that the commit changes, at most as many as one page holds. */
  readonly files: readonly string[]
  readonly remaining: number | null
}

/** Commits of a repository. Both methods throw `UpstreamError`; `absent` is a revision that the host does not have. */
export interface GithubCommits {
  /** `page` counts from 1. */
  readCommits(range: { base: string; head: string }, page: number): Promise<CommitPage | 'absent'>
  readCommitFiles(sha: string): Promise<CommitFiles | 'absent'>
}

export const COMMITS_PER_PAGE = 100
const FILES_MAX = 100
const SUBJECT_MAX = 300
// 422 is how GitHub says that no commit has that name.
const NO_SUCH_COMMIT = [404, 422]

const DateSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .nullish()
  .catch(null)
const PersonSchema = z.object({ date: DateSchema }).nullish().catch(null)
const CommitSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  commit: z.object({ message: z.string(), author: PersonSchema, committer: PersonSchema }),
})
const CompareSchema = z.object({
  status: z.enum(['ahead', 'identical', 'behind', 'diverged', 'unknown']).catch('unknown'),
  total_commits: z.int().nonnegative(),
  commits: z.array(z.unknown()),
})
const FilesSchema = z.object({ files: z.array(z.object({ filename: z.string() })).nullish() })

export function githubCommits(settings: GithubSettings): GithubCommits {
  return {
    readCommits: (range, page) => readCommits(settings, range, page),
    readCommitFiles: (sha) => readCommitFiles(settings, sha),
  }
}

async function readCommits(
  settings: GithubSettings,
  { base, head }: { base: string; head: string },
  page: number,
): Promise<CommitPage | 'absent'> {
  const url = addressOf(settings.api, ['repos', settings.owner, settings.name, 'compare', `${base}...${head}`])
  url.searchParams.set('per_page', String(COMMITS_PER_PAGE))
  url.searchParams.set('page', String(page))
  const response = await ask(settings, url)
  if (NO_SUCH_COMMIT.includes(response.status)) return 'absent'
  const { data } = parseAnswer(url, CompareSchema, response)
  return {
    ancestry: data.status,
    totalCommits: data.total_commits,
    commits: data.commits.flatMap((commit) => toCommit(commit) ?? []),
    remaining: remainingOf(response),
  }
}

async function readCommitFiles(settings: GithubSettings, sha: string): Promise<CommitFiles | 'absent'> {
  const url = addressOf(settings.api, ['repos', settings.owner, settings.name, 'commits', sha])
  url.searchParams.set('per_page', String(FILES_MAX))
  const response = await ask(settings, url)
  if (NO_SUCH_COMMIT.includes(response.status)) return 'absent'
  const { data } = parseAnswer(url, FilesSchema, response)
  return { files: (data.files ?? []).map(({ filename }) => filename), remaining: remainingOf(response) }
}

function ask(settings: GithubSettings, url: URL): Promise<UpstreamResponse> {
  const headers = headersOf(settings, 'application/vnd.github+json')
  return (settings.request ?? sharedRequest)(url, { headers, acceptStatus: NO_SUCH_COMMIT })
}

/** A commit that does not parse is left out: the others still tell. */
function toCommit(commit: unknown): RangeCommit | null {
  const parsed = CommitSchema.safeParse(commit)
  if (!parsed.success) return null
  const { message, committer, author } = parsed.data.commit
  return { sha: parsed.data.sha, subject: firstLine(message), date: committer?.date ?? author?.date ?? null }
}

function firstLine(message: string): string {
  return (/^[^\r\n]*/.exec(message.trimStart())?.[0] ?? '')
    .replace(/\p{Cc}/gu, ' ')
    .trimEnd()
    .slice(0, SUBJECT_MAX)
}

function remainingOf({ headers }: UpstreamResponse): number | null {
  const text = headers.get('x-ratelimit-remaining')?.trim() ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

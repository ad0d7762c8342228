import 'server-only'
import { z } from 'zod'
import { addressOf } from '@/lib/net/address'
import { sharedRequest, type UpstreamOptions, type UpstreamRequest, type UpstreamResponse } from '@/lib/net/request'
import { parseAnswer } from '@/lib/net/request-json'
import { SEND_TIMEOUT_MS } from './receiver'

export interface IssueApiSettings {
  /** Base of the REST API, such as `https://api.github.com`. */
  readonly api: string
  readonly owner: string
  readonly name: string
  readonly token: string
  readonly request?: UpstreamRequest
}

const IssueSchema = z.object({
  number: z.number().int(),
  state: z.string(),
  body: z.string().nullable().default(null),
  /** Set on pull requests, which are listed among issues. */
  pull_request: z.unknown().optional(),
})
export type Issue = z.infer<typeof IssueSchema>
const CommentSchema = z.object({ body: z.string().nullable().default(null) })
const RepositorySchema = z.object({ has_issues: z.boolean().default(true) })

export interface NewIssue {
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
}

/** The issues of one repository. Every call throws `UpstreamError`; what changes something is sent once. */
export interface IssueApi {
  /** Are there issues at all, as far as reading the repository tells? */
  hasIssues(): Promise<boolean>
  open(issue: NewIssue): Promise<Issue>
  /** The newest issue whose text holds the marker, or null. */
  find(marker: string): Promise<Issue | null>
  /** False when the issue is gone: deleted, or moved to another repository. */
  setState(number: number, state: 'open' | 'closed'): Promise<boolean>
  /** False when the issue is gone. */
  comment(number: number, body: string): Promise<boolean>
  hasComment(number: number, marker: string, since: Date): Promise<boolean>
}

const GONE = [301, 404, 410]
const REASONS = { open: 'reopened', closed: 'completed' } as const
const PAGE_SIZE = 100
const PAGES_MAX = 10

export function issueApi(settings: IssueApiSettings): IssueApi {
  const urlOf = (...rest: string[]) => addressOf(settings.api, ['repos', settings.owner, settings.name, ...rest])
  const issues = urlOf('issues')
  return {
    hasIssues: async () => parseAnswer(urlOf(), RepositorySchema, await ask(settings, urlOf())).data.has_issues,
    open: async (issue) =>
      parseAnswer(issues, IssueSchema, await tell(settings, issues, { method: 'POST', body: issue })).data,
    find: (marker) => {
      const listing = { url: issues, schema: IssueSchema, query: { state: 'all', sort: 'created', direction: 'desc' } }
      return findIn(settings, listing, ({ body, pull_request }) => pull_request === undefined && holds(body, marker))
    },
    setState: async (number, state) => {
      const body = { state, state_reason: REASONS[state] }
      const url = urlOf('issues', String(number))
      return isThere(await tell(settings, url, { method: 'PATCH', body, acceptStatus: GONE }))
    },
    comment: async (number, text) => {
      const url = urlOf('issues', String(number), 'comments')
      return isThere(await tell(settings, url, { method: 'POST', body: { body: text }, acceptStatus: GONE }))
    },
    hasComment: async (number, marker, since) => {
      const url = urlOf('issues', String(number), 'comments')
      const listing = { url, schema: CommentSchema, query: { since: since.toISOString() }, mayBeGone: true }
      return (await findIn(settings, listing, ({ body }) => holds(body, marker))) !== null
    },
  }
}

interface Listing<T> {
  readonly url: URL
  readonly schema: z.ZodType<T>
  readonly query: Readonly<Record<string, string>>
  /** What is gone has nothing listed. */
  readonly mayBeGone?: boolean
}

async function findIn<T>(
  settings: IssueApiSettings,
  { url, schema, query, mayBeGone = false }: Listing<T>,
  isMeant: (item: T) => boolean,
): Promise<T | null> {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const paged = new URL(url)
    paged.search = new URLSearchParams({ ...query, per_page: String(PAGE_SIZE), page: String(page) }).toString()
    const response = await ask(settings, paged, mayBeGone ? GONE : [])
    if (!isThere(response)) return null
    const items = parseAnswer(paged, z.array(schema), response).data
    const found = items.find(isMeant)
    if (found !== undefined) return found
    if (items.length < PAGE_SIZE) return null
  }
  return null
}

function ask(
  { token, request = sharedRequest }: IssueApiSettings,
  url: URL,
  acceptStatus: readonly number[] = [],
): Promise<UpstreamResponse> {
  return request(url, { headers: headersOf(token), acceptStatus, once: true, timeoutMs: SEND_TIMEOUT_MS })
}

interface Change {
  readonly method: 'POST' | 'PATCH'
  readonly body: unknown
  readonly acceptStatus?: readonly number[]
}

function tell(
  { token, request = sharedRequest }: IssueApiSettings,
  url: URL,
  { method, body, acceptStatus = [] }: Change,
): Promise<UpstreamResponse> {
  const headers = { ...headersOf(token), 'content-type': 'application/json' }
  const options: UpstreamOptions = { method, headers, body: JSON.stringify(body), acceptStatus }
  return request(url, { ...options, once: true, timeoutMs: SEND_TIMEOUT_MS })
}

function headersOf(token: string): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    authorization: `Bearer ${token}`,
  }
}

function holds(body: string | null, marker: string): boolean {
  return body?.includes(marker) ?? false
}

function isThere({ status }: UpstreamResponse): boolean {
  return !GONE.includes(status)
}

import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { serve } from '@/lib/net/loopback'

interface StoredIssue {
  readonly number: number
  readonly title: string
  readonly labels: readonly string[]
  readonly body: string
  state: string
  readonly comments: { readonly body: string }[]
}

/** For tests: GitHub's issues as far as a receiver uses them, on loopback. */
export interface GithubServer {
  readonly url: string
  readonly token: string
  readonly issues: StoredIssue[]
  /** `METHOD /path` of everything that was asked. */
  readonly requests: string[]
  /** Answers instead of GitHub; true: it did. Called after the change was made when `isLate`. */
  disturb: ((request: IncomingMessage, response: ServerResponse) => boolean) | null
  isLate: boolean
}

const NewIssueSchema = z.object({ title: z.string().max(256), body: z.string(), labels: z.array(z.string()) })
const StateSchema = z.object({ state: z.enum(['open', 'closed']) })
const CommentSchema = z.object({ body: z.string().max(65_536) })

export async function githubServer(): Promise<GithubServer> {
  const github: GithubServer = {
    url: '',
    token: 'hunter2-token',
    issues: [],
    requests: [],
    disturb: null,
    isLate: false,
  }
  const url = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    github.requests.push(`${request.method} ${request.url}`)
    if (!github.isLate && github.disturb?.(request, response)) return
    const answer = answerOf(github, request, body)
    if (github.isLate && github.disturb?.(request, response)) return
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  return Object.assign(github, { url: url.origin })
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

function answerOf(github: GithubServer, request: IncomingMessage, body: string): Answer {
  if (request.headers.authorization !== `Bearer ${github.token}`) return { status: 401, body: {} }
  const url = new URL(request.url ?? '/', 'http://x')
  const [, , , , what, number, comments] = url.pathname.split('/')
  const parsed: unknown = body === '' ? null : JSON.parse(body)
  if (what === undefined) return { status: 200, body: { has_issues: true } }
  if (number === undefined) return request.method === 'POST' ? open(github, parsed) : list(github, url)
  const issue = github.issues.find((one) => String(one.number) === number)
  if (issue === undefined) return { status: 404, body: {} }
  return comments === undefined ? change(issue, parsed) : discuss(issue, parsed)
}

function change(issue: StoredIssue, parsed: unknown): Answer {
  issue.state = StateSchema.parse(parsed).state
  return { status: 200, body: shown(issue) }
}

/** Nothing parsed: a GET. */
function discuss(issue: StoredIssue, parsed: unknown): Answer {
  if (parsed === null) return { status: 200, body: issue.comments }
  issue.comments.push(CommentSchema.parse(parsed))
  return { status: 201, body: {} }
}

function open(github: GithubServer, parsed: unknown): Answer {
  const issue = { ...NewIssueSchema.parse(parsed), number: github.issues.length + 7, state: 'open', comments: [] }
  github.issues.push(issue)
  return { status: 201, body: shown(issue) }
}

function list(github: GithubServer, { searchParams }: URL): Answer {
  const size = Number(searchParams.get('per_page'))
  const start = (Number(searchParams.get('page')) - 1) * size
  return {
    status: 200,
    body: github.issues
      .toReversed()
      .slice(start, start + size)
      .map(shown),
  }
}

function shown({ number, title, body, state }: StoredIssue) {
  return { number, title, body, state }
}

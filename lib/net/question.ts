import 'server-only'

/** One HTTP question as it goes over the wire; a redirect makes another one of it. */
export interface Question {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: string | null
}

// Another origin gets what describes the question and nothing that says who asks.
const PUBLIC_HEADERS: ReadonlySet<string> = new Set(['accept', 'content-type', 'if-none-match', 'user-agent'])
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status)
}

/** A question with the user and password of its address, which `fetch` refuses, moved into a header. */
export function withoutUserInfo(question: Question): Question {
  const { username, password } = question.url
  if (username === '' && password === '') return question
  const url = bare(question.url)
  const headers = new Headers(question.headers)
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  if (!headers.has('authorization')) headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  return { ...question, url, headers }
}

/** The question that a redirect asks for; null when its target is no web address. Credentials stay with their origin. */
export function follow(question: Question, status: number, location: string): Question | null {
  if (!URL.canParse(location, question.url)) return null
  const url = bare(new URL(location, question.url))
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  const headers = new Headers(question.headers)
  if (url.origin !== question.url.origin) keepPublic(headers)
  if (!becomesGet(question.method, status)) return { ...question, url, headers }
  headers.delete('content-type')
  return { url, headers, method: 'GET', body: null }
}

// As every client does (fetch standard): 303 asks anew, and so does a POST that was moved by the two oldest statuses.
function becomesGet(method: string, status: number): boolean {
  return status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST'
}

function keepPublic(headers: Headers): void {
  for (const name of [...headers.keys()]) if (!PUBLIC_HEADERS.has(name)) headers.delete(name)
}

function bare(url: URL): URL {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  return copy
}

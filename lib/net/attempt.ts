import 'server-only'
import { discard, readText } from './body'
import { type Fault, faultOfStatus } from './fault'
import { isRedirect, type Question } from './question'
import { startTimeLimit, type TimeLimit } from './time-limit'

export interface UpstreamResponse {
  readonly status: number
  readonly headers: Headers
  /** The body as UTF-8; broken bytes are replaced. Empty for HEAD, when nothing was modified, and when nobody wants it. */
  readonly text: string
  readonly isNotModified: boolean
}

export interface AttemptLimits {
  readonly fetch: typeof fetch
  readonly now: () => Date
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly bodyTimeoutMs: number
  readonly maxBytes: number
  readonly acceptStatus: readonly number[]
  readonly ignoreBody: boolean
}

export type Outcome =
  | { readonly response: UpstreamResponse }
  | { readonly redirect: { readonly status: number; readonly location: string } }
  | { readonly fault: Fault }

/** Asks once, follows nothing, never throws for what the other side does; throws the reason of an aborted `signal`. */
export async function attempt(question: Question, limits: AttemptLimits): Promise<Outcome> {
  const timeLimit = startTimeLimit(limits.timeoutMs, limits.signal)
  const { url, method, headers, body } = question
  let hasHeaders = false
  try {
    const response = await limits.fetch(url, { method, headers, body, redirect: 'manual', signal: timeLimit.signal })
    hasHeaders = true
    timeLimit.restart(limits.bodyTimeoutMs)
    return await readOutcome(response, question, limits)
  } catch (cause) {
    if (limits.signal?.aborted) throw limits.signal.reason
    return { fault: brokenConnection(cause, timeLimit, hasHeaders) }
  } finally {
    timeLimit.stop()
  }
}

async function readOutcome(response: Response, question: Question, limits: AttemptLimits): Promise<Outcome> {
  const { status, headers } = response
  if (status === 304 && question.headers.has('if-none-match')) {
    discard(response)
    return { response: { status, headers, text: '', isNotModified: true } }
  }
  if (isAnswer(status, limits) && limits.ignoreBody) {
    discard(response)
    return { response: { status, headers, text: '', isNotModified: false } }
  }
  if (isAnswer(status, limits)) {
    const text = await readText(response, limits.maxBytes)
    if (text === null) return { fault: final('too-large', `the answer is larger than ${limits.maxBytes} bytes`) }
    return { response: { status, headers, text, isNotModified: false } }
  }
  discard(response)
  const location = headers.get('location')
  if (isRedirect(status) && location !== null) return { redirect: { status, location } }
  return { fault: faultOfStatus(status, headers, limits.now()) }
}

function isAnswer(status: number, limits: AttemptLimits): boolean {
  return (status >= 200 && status < 300) || limits.acceptStatus.includes(status)
}

export function final(kind: Fault['kind'], reason: string, retryAt: Date | null = null): Fault {
  return { kind, reason, mayRetry: false, retryAt }
}

function brokenConnection(cause: unknown, timeLimit: TimeLimit, hasHeaders: boolean): Fault {
  const again = { mayRetry: true, retryAt: null, cause }
  if (timeLimit.hasExpired()) {
    return { ...again, kind: 'timeout', reason: hasHeaders ? 'the answer stalled' : 'no answer in time' }
  }
  if (hasHeaders) return { ...again, kind: 'invalid-response', reason: 'the answer broke off' }
  return { ...again, kind: 'unavailable', reason: `no connection${codeOf(cause)}` }
}

function codeOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? ` (${inner.code})` : ''
}

import 'server-only'
import { setTimeout as sleepFor } from 'node:timers/promises'
import pLimit, { type LimitFunction } from 'p-limit'
import { metrics } from '@/lib/metrics/metrics'
import { publicAddress } from './address'
import { type AttemptLimits, attempt, final, type Outcome, type UpstreamResponse } from './attempt'
import { OBEYED_WAIT_MAX_MS, waitBefore } from './backoff'
import { UpstreamError } from './errors'
import type { Fault } from './fault'
import { follow, type Question, withoutUserInfo } from './question'

export type { UpstreamResponse } from './attempt'

export interface UpstreamOptions {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Until the headers are there; 30 s unless set. */
  readonly timeoutMs?: number
  /** From the headers to the end of the body; four times `timeoutMs` unless set. */
  readonly bodyTimeoutMs?: number
  /** Of the decompressed body; 64 MiB unless set. */
  readonly maxBytes?: number
  /** Statuses beside 2xx that are answers and no errors. */
  readonly acceptStatus?: readonly number[]
  /** Sent as If-None-Match: the answer may then be `isNotModified`. */
  readonly etag?: string
  /**
   * It changes something there, and who sends it comes again by itself: no retry, no wait for a host that wants to be
   * left alone, and no redirect, which could make a GET of it that is answered and delivers nothing.
   */
  readonly once?: boolean
  /** The status says all: a body that stalls or is too large is no fault. */
  readonly ignoreBody?: boolean
  /** Called each time that the question goes out: for retries and redirects too. */
  readonly onSent?: () => void
}

/**
 * Asks an upstream, with retries unless `once` (a POST too: every other POST of ours is a question).
 * Throws `UpstreamError`, or the abort reason of the signal that the program gave.
 */
export type UpstreamRequest = (url: URL, options?: UpstreamOptions) => Promise<UpstreamResponse>

export interface RequestSettings {
  readonly fetch?: typeof fetch
  readonly userAgent?: string
  /** How many questions one origin gets at a time. */
  readonly perHost?: number
  /** Attempts after the first. */
  readonly retries?: number
  readonly now?: () => Date
  readonly sleep?: (waitMs: number, signal?: AbortSignal) => Promise<void>
  readonly random?: () => number
  readonly signal?: AbortSignal
  /** Told the host of every question that goes out, redirects and retries too. */
  readonly onRequest?: (host: string) => void
  /** Told what came of each: `ok`, `not-modified`, `redirect` or a kind of fault. The host is the one first asked. */
  readonly onOutcome?: (host: string, result: string) => void
}

interface Door extends Required<Omit<RequestSettings, 'signal'>> {
  readonly signal: AbortSignal | undefined
  readonly limits: Map<string, LimitFunction>
  /** Until when an origin, asked with these credentials, wants to be left alone. */
  readonly holds: Map<string, Date>
}

const TIMEOUT_MS = 30_000
const BODY_BYTES_MAX = 64 * 1024 * 1024
const REDIRECTS_MAX = 5

/** The one door to every upstream: limits, retries, time and size limits, redirects and conditional questions. */
export function createRequest(settings: RequestSettings = {}): UpstreamRequest {
  const door: Door = {
    fetch: settings.fetch ?? fetch,
    userAgent: settings.userAgent ?? 'Flakeboard',
    perHost: settings.perHost ?? 2,
    retries: settings.retries ?? 4,
    now: settings.now ?? (() => new Date()),
    sleep: settings.sleep ?? sleepUnlessAborted,
    random: settings.random ?? Math.random,
    onRequest: settings.onRequest ?? (() => {}),
    onOutcome: settings.onOutcome ?? (() => {}),
    signal: settings.signal,
    limits: new Map(),
    holds: new Map(),
  }
  return (url, options = {}) => requestThrough(door, url, options)
}

/** The door of this process: its limits per host hold over all sources and caches, and over every sync. */
export const sharedRequest: UpstreamRequest = createRequest({
  onOutcome: (host, result) => metrics().upstreamRequests.inc({ host, result }),
})

async function requestThrough(door: Door, url: URL, options: UpstreamOptions): Promise<UpstreamResponse> {
  const question = withoutUserInfo(toQuestion(door, url, options))
  for (let attempts = 1; ; attempts++) {
    const outcome = await askThrough(door, question, options)
    if ('response' in outcome) return outcome.response
    const time = { now: door.now(), random: door.random() }
    const waitMs = options.once === true || attempts > door.retries ? null : waitBefore(outcome.fault, attempts, time)
    if (waitMs === null) throw toError(outcome.fault, url)
    await door.sleep(waitMs, door.signal)
  }
}

function toQuestion(door: Door, url: URL, options: UpstreamOptions): Question {
  const headers = new Headers(options.headers)
  if (!headers.has('user-agent')) headers.set('user-agent', door.userAgent)
  if (options.etag !== undefined) headers.set('if-none-match', options.etag)
  return { url, method: options.method ?? 'GET', headers, body: options.body ?? null }
}

type Settled = Exclude<Outcome, { redirect: unknown }>

async function askThrough(door: Door, first: Question, options: UpstreamOptions): Promise<Settled> {
  let question = first
  for (let hops = 0; hops <= REDIRECTS_MAX; hops++) {
    const asked = question
    const outcome = await limitOf(door, asked.url.origin)(() => askWhenWelcome(door, asked, options))
    // Redirects may lead to any number of hosts; those that are asked stand in the configuration.
    door.onOutcome(first.url.host, resultOf(outcome))
    if (!('redirect' in outcome)) return outcome
    if (options.once === true) return { fault: final('invalid-response', 'redirects to another address') }
    const next = follow(asked, outcome.redirect.status, outcome.redirect.location)
    if (next === null) return { fault: final('invalid-response', 'redirects to something that is no web address') }
    question = next
  }
  return { fault: final('invalid-response', `redirects more than ${REDIRECTS_MAX} times`) }
}

function resultOf(outcome: Outcome): string {
  if ('fault' in outcome) return outcome.fault.kind
  if ('redirect' in outcome) return 'redirect'
  return outcome.response.isNotModified ? 'not-modified' : 'ok'
}

async function askWhenWelcome(door: Door, question: Question, options: UpstreamOptions): Promise<Outcome> {
  door.signal?.throwIfAborted()
  const key = `${question.url.origin} ${question.headers.get('authorization') ?? ''}`
  const heldUntil = door.holds.get(key)
  const heldMs = heldUntil === undefined ? 0 : heldUntil.getTime() - door.now().getTime()
  if (heldUntil !== undefined && heldMs > (options.once === true ? 0 : OBEYED_WAIT_MAX_MS)) {
    return {
      fault: final('rate-limited', 'asked too often before; left alone until it takes questions again', heldUntil),
    }
  }
  if (heldMs > 0) await door.sleep(heldMs, door.signal)
  door.onRequest(question.url.host)
  options.onSent?.()
  const outcome = await attempt(question, toLimits(door, options))
  if ('fault' in outcome && outcome.fault.kind === 'rate-limited' && outcome.fault.retryAt !== null) {
    door.holds.set(key, outcome.fault.retryAt)
  }
  return outcome
}

async function sleepUnlessAborted(waitMs: number, signal?: AbortSignal): Promise<void> {
  await sleepFor(waitMs, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error
  })
}

function limitOf(door: Door, origin: string): LimitFunction {
  const limit = door.limits.get(origin) ?? pLimit(door.perHost)
  door.limits.set(origin, limit)
  return limit
}

function toLimits(door: Door, options: UpstreamOptions): AttemptLimits {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  return {
    fetch: door.fetch,
    now: door.now,
    signal: door.signal,
    timeoutMs,
    bodyTimeoutMs: options.bodyTimeoutMs ?? timeoutMs * 4,
    maxBytes: options.maxBytes ?? BODY_BYTES_MAX,
    acceptStatus: options.acceptStatus ?? [],
    ignoreBody: options.ignoreBody ?? false,
  }
}

function toError(fault: Fault, url: URL): UpstreamError {
  const { kind, reason, retryAt, cause } = fault
  return new UpstreamError(kind, publicAddress(url), reason, { cause, ...(retryAt === null ? {} : { retryAt }) })
}

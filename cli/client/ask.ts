import type { z } from 'zod'
import { ProblemSchema } from '@/lib/contract/problem'
import type { Tools } from './command'
import { ClientError, EXIT } from './exit'

const TIMEOUT_MS = 120_000

export interface Question<T> {
  /** Address on the dashboard, from `lib/contract/paths.ts`. */
  readonly address: string
  readonly schema: z.ZodType<T>
  /** A POST with this text; else a GET. */
  readonly body?: string
  /** Statuses beside 200 whose answer the schema has. */
  readonly acceptStatus?: readonly number[]
}

export interface Answered<T> {
  readonly value: T
  /** The answer as it came, for `--json`. */
  readonly text: string
}

/** Asks the dashboard. Throws `ClientError`: wrong use where the question is refused, else unreachable. */
export async function ask<T>(
  { base, fetch: doFetch }: Pick<Tools, 'base' | 'fetch'>,
  { address, schema, body, acceptStatus = [] }: Question<T>,
): Promise<Answered<T>> {
  const url = new URL(address.replace(/^\//, ''), base)
  const post = body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': 'text/plain' } }
  const answer = await answerOf(doFetch(url, { ...post, signal: AbortSignal.timeout(TIMEOUT_MS) }), base)
  const { status, text } = answer
  if (status !== 200 && !acceptStatus.includes(status)) throw refusal(status, text, base)
  const parsed = schema.safeParse(jsonOf(text))
  // Such as a 404 that is no pin, but a branch that nobody has.
  if (!parsed.success && status !== 200) throw refusal(status, text, base)
  if (!parsed.success) throw unreachable(base, 'its answer is not understood; is it a Flakeboard of this version?')
  return { value: parsed.data, text }
}

async function answerOf(asked: Promise<Response>, base: URL): Promise<{ status: number; text: string }> {
  try {
    const response = await asked
    return { status: response.status, text: await response.text() }
  } catch (error) {
    throw unreachable(base, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}

function refusal(status: number, text: string, base: URL): ClientError {
  const problem = ProblemSchema.safeParse(jsonOf(text))
  if (!problem.success) return unreachable(base, `it answered HTTP ${status} and no reason`)
  const isWrongUse = status === 400 || status === 404 || status === 413
  return isWrongUse ? new ClientError(problem.data.title, EXIT.wrongUse) : unreachable(base, problem.data.title)
}

function unreachable({ href }: URL, reason: string): ClientError {
  return new ClientError(`No answer from ${href}: ${reason}`, EXIT.unreachable)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

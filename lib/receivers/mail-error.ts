import 'server-only'
import { z } from 'zod'
import { UpstreamError, type UpstreamErrorKind } from '@/lib/net/errors'

const MailFaultSchema = z.object({
  code: z.string().optional().catch(undefined),
  /** The number that the server answered with (RFC 5321). */
  responseCode: z.number().int().optional().catch(undefined),
})

interface MailFault {
  readonly kind: UpstreamErrorKind
  readonly reason: string
}

const CONNECTION_WORDS: Readonly<Record<string, string>> = {
  EDNS: 'no host of that name',
  ETIMEDOUT: 'no answer in time',
  ETLS: 'no encrypted connection',
  ENOAUTH: 'the server wants a user name and a password',
}

/** What became of a mail, as a failure of theirs. What the server said stays out: it may repeat what it was told. */
export function toMailError(error: unknown, { host, port }: { host: string; port: number }): UpstreamError {
  const fault = MailFaultSchema.safeParse(error).data ?? {}
  const { kind, reason } = faultOf(fault.code ?? '', fault.responseCode ?? null)
  return new UpstreamError(kind, `smtp://${host}:${port}`, reason)
}

function faultOf(code: string, answer: number | null): MailFault {
  if (code === 'EAUTH') return { kind: 'unauthorized', reason: `the server refuses the login${answerWords(answer)}` }
  // RFC 5321: 4yz is "not now", 5yz is "never".
  if (answer !== null && answer >= 500) return { kind: 'invalid-response', reason: `answered SMTP ${answer}` }
  if (answer !== null && answer >= 400) return { kind: 'unavailable', reason: `answered SMTP ${answer}` }
  const kind = code === 'ETIMEDOUT' ? 'timeout' : 'unavailable'
  return { kind, reason: CONNECTION_WORDS[code] ?? `no connection${code === '' ? '' : ` (${code})`}` }
}

function answerWords(answer: number | null): string {
  return answer === null ? '' : ` (SMTP ${answer})`
}

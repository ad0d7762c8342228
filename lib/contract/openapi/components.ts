import { z } from 'zod'
import * as badge from '@/lib/contract/badge'
import * as caches from '@/lib/contract/caches'
import * as derivation from '@/lib/contract/derivation'
import * as diff from '@/lib/contract/diff'
import * as evaluation from '@/lib/contract/evaluation'
import * as evaluations from '@/lib/contract/evaluations'
import * as explain from '@/lib/contract/explain'
import * as foldedCause from '@/lib/contract/folded-cause'
import * as log from '@/lib/contract/log'
import * as matrix from '@/lib/contract/matrix'
import * as packages from '@/lib/contract/package'
import * as pin from '@/lib/contract/pin'
import * as problem from '@/lib/contract/problem'
import * as suspects from '@/lib/contract/suspects'
import * as sync from '@/lib/contract/sync'
import * as triage from '@/lib/contract/triage'
import * as use from '@/lib/contract/use'
import * as words from '@/lib/contract/words'

const MODULES = [
  ...[badge, caches, derivation, diff, evaluation, evaluations, explain, foldedCause, log, matrix],
  ...[packages, pin, problem, suspects, sync, triage, use, words],
] as const

const ENTRIES = MODULES.flatMap((module): [string, unknown][] => Object.entries(module)).flatMap(([name, value]) =>
  /Schema$/.test(name) && !/ParamsSchema$/.test(name) && value instanceof z.ZodType
    ? [[name.replace(/Schema$/, ''), value] as const]
    : [],
)

/** Every schema of these files under its name: `MatrixSchema` is `Matrix`. Queries are told parameter by parameter. */
export const NAMED_SCHEMAS: Readonly<Record<string, z.ZodType>> = Object.fromEntries(ENTRIES)
/** Names that two files give to different types: one would hide the other. */
export const AMBIGUOUS_NAMES = ENTRIES.filter(([name, value]) => NAMED_SCHEMAS[name] !== value).map(([name]) => name)

const text = (description: string, example: string) => ({ description, schema: { type: 'string' as const }, example })

/** Headers that answers share. */
export const HEADERS = {
  ETag: text(
    'Changes when a fact does. Send it back as `If-None-Match` to be told that nothing has changed.',
    'W/"k3…"',
  ),
  RateLimit: text('How many requests are left, and seconds until there are more.', '"costly";r=118;t=42'),
  'RateLimit-Policy': text('How many requests one client may send in how many seconds.', '"costly";q=120;w=60'),
  'Retry-After': text('Seconds to wait.', '42'),
  Allow: text('The methods that this address has.', 'GET, HEAD, OPTIONS'),
}

/** Why a request may be refused. */
export const PROBLEM_WORDS: Readonly<Record<number, string>> = {
  400: 'A parameter, or a field of the body, is wrong: the title names it and tells what to send.',
  401: 'The admin token is missing.',
  403: 'This is not the admin token, or none is configured.',
  404: 'There is no such thing.',
  409: 'It is done already, or something stands against it.',
  429: 'Too many requests of this client; `Retry-After` tells when to come again.',
  500: 'A fault of ours; the log of the server tells more.',
  503: 'Somebody whom we need does not answer now.',
}

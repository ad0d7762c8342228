import 'server-only'
import { PIN_PACKAGES_MAX, type PinAnswer, type PinParams, PinParamsSchema } from '@/lib/contract/pin'
import { parseQuery, type Query } from '@/lib/contract/query'
import { problem } from '@/lib/http/problem'

const EXPECTED: Readonly<Record<string, string>> = {
  branch: 'name a branch',
  package: `be the name of a package, given ${PIN_PACKAGES_MAX} times at most`,
}

/** The question in an address, or which parameter is wrong. */
export function parsePinQuery(query: URLSearchParams): Query<PinParams> {
  return parseQuery(PinParamsSchema, query, (name) => EXPECTED[name] ?? 'be left out')
}

/** Why there is no revision to answer with; each a 404 that tells what to do. */
export function noPinProblem(answer: Exclude<PinAnswer, { kind: 'pin' }>): Response {
  if (answer.kind === 'none') return problem(404, answer.none.title, answer.none)
  return problem(404, answer.title, { parameter: answer.parameter, reason: `unknown-${answer.parameter}` })
}

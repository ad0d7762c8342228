import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsStringLiteral,
} from 'nuqs/server'
import { TRIAGE_DEFAULT, type TriageParams } from '@/lib/contract/triage'
import { TRIAGE_STATES } from '@/lib/domain/triage'

const NAME_MAX = 200
const BRANCHES_MAX = 100

const asName = createParser({
  parse: (text) => (text === '' || text.length > NAME_MAX ? null : text),
  serialize: String,
})
const asOffset = createParser<number>({
  parse: (text) => (/^\d{1,6}$/.test(text) ? Number(text) : null),
  serialize: String,
})

/** URL state of the triage page, read by server and browser alike. What is invalid is left out. */
export const triageSearchParams = {
  state: parseAsNativeArrayOf(parseAsStringLiteral(TRIAGE_STATES)),
  branch: parseAsNativeArrayOf(asName),
  offset: asOffset.withDefault(0),
}
export type TriageSearch = inferParserType<typeof triageSearchParams>

export const loadTriageSearchParams = createLoader(triageSearchParams)

/** The question that the page asks. */
export function toTriageParams({ state, branch, offset }: TriageSearch): TriageParams {
  return {
    state: [...new Set(state)],
    branch: branch.slice(0, BRANCHES_MAX),
    offset,
    limit: TRIAGE_DEFAULT,
    after: null,
  }
}

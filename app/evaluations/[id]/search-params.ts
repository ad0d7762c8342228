import { createLoader, createParser, parseAsNativeArrayOf, parseAsStringLiteral } from 'nuqs/server'
import { STATUSES } from '@/lib/domain/status'

const asText = createParser({ parse: (text) => text.slice(0, 200), serialize: String })
const asOffset = createParser<number>({
  parse: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null),
  serialize: String,
})

/** URL state of the evaluation page; the same parsers drive the server render and the browser. */
export const evaluationSearchParams = {
  q: asText.withDefault(''),
  status: parseAsNativeArrayOf(parseAsStringLiteral(STATUSES)),
  offset: asOffset.withDefault(0),
}

export const loadEvaluationSearchParams = createLoader(evaluationSearchParams)

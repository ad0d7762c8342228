import { createLoader, createParser } from 'nuqs/server'

const NUMBER_MAX = 1_000_000_000
const TEXT_MAX = 200

const asLineNumber = createParser({
  parse: (text) => (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= NUMBER_MAX ? Number(text) : null),
  serialize: String,
})
const asText = createParser({
  parse: (text) => (text === '' ? null : text.slice(0, TEXT_MAX)),
  serialize: String,
})

/** URL state of the derivation page: from which line its log is shown, and what is looked for in it. */
export const loadDerivationSearchParams = createLoader({ from: asLineNumber, q: asText })

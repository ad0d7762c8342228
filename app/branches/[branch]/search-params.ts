import { createLoader, createParser } from 'nuqs/server'

const asId = createParser({
  parse: (text) => (text === '' || text.length > 64 ? null : text),
  serialize: String,
})

/** URL state of the branch page: the id of the last evaluation of the page before. */
export const loadBranchSearchParams = createLoader({ before: asId })

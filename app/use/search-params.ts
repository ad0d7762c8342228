import { createLoader, parseAsString } from 'nuqs/server'

/** URL state of the use page: the branch to follow. */
export const loadUseSearchParams = createLoader({ branch: parseAsString })

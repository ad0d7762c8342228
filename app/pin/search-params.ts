import { createLoader, createParser, type inferParserType, parseAsNativeArrayOf } from 'nuqs/server'
import { PIN_PACKAGES_MAX } from '@/lib/contract/pin'

/** Packages that one search shows. */
export const FOUND_MAX = 30

const NAME_MAX = 200
const BRANCHES_MAX = 20

const asText = createParser({ parse: (text) => text.slice(0, NAME_MAX), serialize: String })
const asName = createParser({
  parse: (text) => (text === '' || text.length > NAME_MAX ? null : text),
  serialize: String,
})

/** URL state of the pin page, read by server and browser alike. What is invalid is left out. */
export const pinSearchParams = {
  /** None: the headline packages. */
  package: parseAsNativeArrayOf(asName),
  /** None: every branch. */
  branch: parseAsNativeArrayOf(asName),
  /** Finds further packages. */
  q: asText.withDefault(''),
}
export type PinSearch = inferParserType<typeof pinSearchParams>

export const loadPinSearchParams = createLoader(pinSearchParams)

/** What is asked for: the packages and branches that are named, else the headline ones and all. */
export function toPinChoice(search: PinSearch, known: { headline: readonly string[]; branches: readonly string[] }) {
  const packages = [...new Set(search.package)].slice(0, PIN_PACKAGES_MAX)
  const branches = [...new Set(search.branch)].slice(0, BRANCHES_MAX)
  return {
    packages: packages.length === 0 ? known.headline : packages,
    branches: branches.length === 0 ? known.branches : branches,
  }
}

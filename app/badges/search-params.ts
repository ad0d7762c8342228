import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsStringLiteral,
} from 'nuqs/server'
import { BADGE_KINDS, BADGE_LABEL_MAX, BADGE_STYLES } from '@/lib/contract/badge'

const NAME_MAX = 200

const asName = createParser({
  parse: (text) => (text === '' || text.length > NAME_MAX ? null : text),
  serialize: String,
})
const asLabel = createParser({ parse: (text) => text.slice(0, BADGE_LABEL_MAX), serialize: String })

/** URL state of the page of badges, read by server and browser alike. What is invalid is left out. */
export const badgesSearchParams = {
  kind: parseAsStringLiteral(BADGE_KINDS).withDefault('package'),
  package: parseAsNativeArrayOf(asName),
  branch: parseAsNativeArrayOf(asName),
  style: parseAsStringLiteral(BADGE_STYLES).withDefault('flat'),
  label: asLabel.withDefault(''),
}
export type BadgesSearch = inferParserType<typeof badgesSearchParams>

export const loadBadgesSearchParams = createLoader(badgesSearchParams)

import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsStringLiteral,
} from 'nuqs/server'
import { DIFF_CLASSES } from '@/components/diff/diff-classes'
import type { DiffParams } from '@/lib/contract/diff'

const TEXT_MAX = 200
const asText = createParser({
  parse: (text) => (text === '' ? null : text.slice(0, TEXT_MAX)),
  serialize: String,
})

/** URL state of the diff page; the same parsers drive the server render and the browser. */
export const diffSearchParams = {
  branch: asText,
  from: asText,
  to: asText,
  package: asText,
  /** Classes that are shown; none means all. */
  show: parseAsNativeArrayOf(parseAsStringLiteral(DIFF_CLASSES)),
}
export type DiffSearch = inferParserType<typeof diffSearchParams>

export const loadDiffSearchParams = createLoader(diffSearchParams)

/** The question that the page asks; without any side the newest evaluation of the first branch. */
export function toDiffParams({ branch, from, to, package: name }: DiffSearch, firstBranch: string): DiffParams {
  return { branch: to === null ? (branch ?? firstBranch) : null, from, to, package: name }
}

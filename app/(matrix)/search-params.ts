import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsStringLiteral,
} from 'nuqs/server'
import { MATRIX_PAGE_ROWS, MATRIX_SORTS, type MatrixParams } from '@/lib/contract/matrix'
import { STATUSES } from '@/lib/domain/status'

const TEXT_MAX = 200
const LIST_MAX = 100
const BOOLEANS = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])

const asText = createParser({ parse: (text) => text.slice(0, TEXT_MAX), serialize: String })
const asName = createParser({
  parse: (text) => (text === '' || text.length > TEXT_MAX ? null : text),
  serialize: String,
})
const asBoolean = createParser<boolean>({ parse: (text) => BOOLEANS.get(text) ?? null, serialize: String })
const asOffset = createParser<number>({
  parse: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null),
  serialize: String,
})

/** URL state of the matrix page; the same parsers drive the server render and the browser. What is invalid is left out. */
export const matrixSearchParams = {
  q: asText.withDefault(''),
  status: parseAsNativeArrayOf(parseAsStringLiteral(STATUSES)),
  package: parseAsNativeArrayOf(asName),
  branch: parseAsNativeArrayOf(asName),
  system: parseAsNativeArrayOf(asName),
  variant: parseAsNativeArrayOf(asName),
  changed: asBoolean.withDefault(false),
  ready: asBoolean,
  sort: parseAsStringLiteral(MATRIX_SORTS).withDefault('name'),
  offset: asOffset.withDefault(0),
  /** The branch that narrow screens show. */
  at: asName.withDefault(''),
  /** The cell whose details are open, as `branch:package`. */
  open: asName,
}
export type MatrixSearch = inferParserType<typeof matrixSearchParams>

export const loadMatrixSearchParams = createLoader(matrixSearchParams)

/** The question that the page asks: one page of rows in full. */
export function toMatrixParams({ at: _at, open: _open, ...search }: MatrixSearch): MatrixParams {
  return {
    ...search,
    status: [...new Set(search.status)],
    package: search.package.slice(0, LIST_MAX),
    branch: search.branch.slice(0, LIST_MAX),
    system: search.system.slice(0, LIST_MAX),
    variant: search.variant.slice(0, LIST_MAX),
    limit: MATRIX_PAGE_ROWS,
    after: null,
    view: 'full',
  }
}

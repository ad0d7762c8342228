import { CURSOR_EXPECTED } from './cursor'
import { type MatrixParams, MatrixParamsSchema } from './matrix'
import { parseQuery, type Query } from './query'

/** The parameters of a matrix in a query string, or which one is wrong and what to send instead. */
export function parseMatrixQuery(query: URLSearchParams): Query<MatrixParams> {
  return parseQuery(MatrixParamsSchema, query, (parameter) => EXPECTED[parameter] ?? expectedWords(parameter))
}

/** The shortest query string that `parseMatrixQuery` reads as these parameters. */
export function toMatrixQuery(params: MatrixParams): URLSearchParams {
  const defaults: Readonly<Record<string, unknown>> = MatrixParamsSchema.parse({})
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) for (const text of value) query.append(name, text)
    else if (value !== defaults[name]) query.append(name, String(value))
  }
  return query
}

const EXPECTED: Readonly<Record<string, string>> = {
  changed: 'be 1 or 0',
  ready: 'be 1 or 0',
  limit: 'be a whole number from 1 to 5000',
  offset: 'be a whole number from 0',
  q: 'have 200 characters at most',
  after: CURSOR_EXPECTED,
}

function expectedWords(parameter: string): string {
  const { status, sort, view } = MatrixParamsSchema.shape
  const words: Readonly<Record<string, readonly string[]>> = {
    status: status.unwrap().element.options,
    sort: sort.unwrap().options,
    view: view.unwrap().options,
  }
  const options = words[parameter]
  return options === undefined
    ? 'be a name of 1 to 200 characters, given 100 times at most'
    : `be one of ${options.join(', ')}`
}

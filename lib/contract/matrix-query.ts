import { type MatrixParams, MatrixParamsSchema } from './matrix'

export type MatrixQuery =
  | { readonly ok: true; readonly params: MatrixParams }
  | { readonly ok: false; readonly parameter: string; readonly title: string }

const KNOWN = Object.keys(MatrixParamsSchema.shape)
const LISTS: ReadonlySet<string> = new Set(['status', 'package', 'branch', 'system', 'variant'])
const NUMBERS: ReadonlySet<string> = new Set(['limit', 'offset'])
const SWITCHES: ReadonlySet<string> = new Set(['changed', 'ready'])
const SWITCH_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])

/** The parameters of a matrix in a query string, or which one is wrong and what to send instead. */
export function parseMatrixQuery(query: URLSearchParams): MatrixQuery {
  const names = [...new Set(query.keys())]
  const unknown = names.find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) {
    return refused(unknown, `There is no parameter "${unknown.slice(0, 100)}"; known are ${KNOWN.join(', ')}`)
  }
  const repeated = names.find((name) => !LISTS.has(name) && query.getAll(name).length > 1)
  if (repeated !== undefined) return refused(repeated, `Parameter "${repeated}" may be given once only`)

  const parsed = MatrixParamsSchema.safeParse(Object.fromEntries(names.map((name) => [name, readValue(name, query)])))
  if (parsed.success) return { ok: true, params: parsed.data }
  const wrong = String(parsed.error.issues[0]?.path[0])
  return refused(wrong, `Parameter "${wrong}" must ${EXPECTED[wrong] ?? expectedWords(wrong)}`)
}

function refused(parameter: string, title: string): MatrixQuery {
  return { ok: false, parameter, title }
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

// What does not convert stays text, which the schema then refuses.
function readValue(name: string, query: URLSearchParams): unknown {
  if (LISTS.has(name)) return query.getAll(name)
  const text = query.get(name) ?? ''
  if (NUMBERS.has(name) && /^\d{1,9}$/.test(text)) return Number(text)
  return SWITCHES.has(name) ? (SWITCH_WORDS.get(text) ?? text) : text
}

const EXPECTED: Readonly<Record<string, string>> = {
  changed: 'be 1 or 0',
  ready: 'be 1 or 0',
  limit: 'be a whole number from 1 to 5000',
  offset: 'be a whole number from 0',
  q: 'have 200 characters at most',
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

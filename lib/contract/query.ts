import type { z } from 'zod'

export type Query<T> =
  | { readonly ok: true; readonly params: T }
  | { readonly ok: false; readonly parameter: string; readonly title: string }

type Kind = 'list' | 'number' | 'switch' | 'text'

const SWITCH_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])

/**
 * The parameters in a query string as the schema has them (lists are repeated keys, switches 1 or 0), or which one is
 * wrong and what to send instead. `expected` words what a parameter must be: "be a whole number from 1 to 200".
 */
export function parseQuery<S extends z.ZodObject>(
  schema: S,
  query: URLSearchParams,
  expected: (parameter: string) => string,
): Query<z.infer<S>> {
  const kinds = new Map(Object.entries(schema.shape).map(([name, part]) => [name, kindOf(part)]))
  const names = [...new Set(query.keys())]
  const unknown = names.find((name) => !kinds.has(name))
  if (unknown !== undefined) {
    const known = [...kinds.keys()].join(', ') || 'none'
    return refused(unknown, `There is no parameter "${unknown.slice(0, 100)}"; known are ${known}`)
  }
  const repeated = names.find((name) => kinds.get(name) !== 'list' && query.getAll(name).length > 1)
  if (repeated !== undefined) return refused(repeated, `Parameter "${repeated}" may be given once only`)

  const values = Object.fromEntries(names.map((name) => [name, readValue(name, kinds.get(name) ?? 'text', query)]))
  const parsed = schema.safeParse(values)
  if (parsed.success) return { ok: true, params: parsed.data }
  const wrong = String(parsed.error.issues[0]?.path[0])
  return refused(wrong, `Parameter "${wrong}" must ${expected(wrong)}`)
}

function refused(parameter: string, title: string): { ok: false; parameter: string; title: string } {
  return { ok: false, parameter, title }
}

/** What a parameter is, behind its defaults and nulls. */
function kindOf(part: unknown): Kind {
  if (hasInner(part)) return kindOf(part.unwrap())
  const type = typeof part === 'object' && part !== null && 'type' in part ? part.type : ''
  if (type === 'array') return 'list'
  if (type === 'number') return 'number'
  return type === 'boolean' ? 'switch' : 'text'
}

// An array unwraps to its element too, and is a list all the same.
function hasInner(part: unknown): part is { unwrap: () => unknown } {
  if (typeof part !== 'object' || part === null || !('unwrap' in part) || !('type' in part)) return false
  return typeof part.unwrap === 'function' && part.type !== 'array'
}

// What does not convert stays text, which the schema then refuses.
function readValue(name: string, kind: Kind, query: URLSearchParams): unknown {
  if (kind === 'list') return query.getAll(name)
  const text = query.get(name) ?? ''
  if (kind === 'number' && /^\d{1,9}$/.test(text)) return Number(text)
  return kind === 'switch' ? (SWITCH_WORDS.get(text) ?? text) : text
}

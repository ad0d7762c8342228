import type { z } from 'zod'

/** Groups of the documentation, in its order. */
export const TAGS = {
  Matrix: 'What builds and what is cached: packages by branches.',
  Packages: 'One package over all branches, and what may have broken it.',
  Evaluations: 'The runs of the CI, one branch at a time.',
  Derivations: 'What Nix builds, and the logs of it.',
  Causes: 'Why something is broken, and what people say of it.',
  Caches: 'What binary caches have, and which revision to pin.',
  Sync: 'When upstreams were read, and reading them now.',
  Badges: 'Pictures for other pages.',
  Feeds: 'Changes for feed readers.',
  Operation: 'For whoever runs the server, and for tools.',
} as const
export type Tag = keyof typeof TAGS

/** What an answer of one status holds: JSON of a schema, something of another media type, or nothing. */
export interface Answer {
  readonly words: string
  readonly schema?: z.ZodType
  /** `application/json` unless set. */
  readonly media?: string
}

/** One method of one address, and all that can come of asking it. */
export interface Operation {
  /** `GET /api/v1/packages/{package}`. */
  readonly on: `${'GET' | 'POST'} /${string}`
  readonly tag: Tag
  /** A line of a list. */
  readonly summary: string
  readonly description?: string
  /** The schema that parses the query, and no other. */
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** By status, problems aside. */
  readonly answers: Readonly<Record<number, Answer>>
  /** Statuses of problems, beside 400 (where there is a query or a body), 429 (where the number is limited) and 500. */
  readonly problems?: readonly number[]
  /** Costs more than a few indexed reads: the number per client is limited. */
  readonly isLimited?: boolean
  /** What is wrong in the query is left out instead of refused: an image in a README must never break. */
  readonly isLenient?: boolean
  /** Wants the admin token. */
  readonly isForAdmins?: boolean
  /** Query, and fields of the body, of the request that the documentation shows. */
  readonly example?: string
  readonly exampleBody?: Readonly<Record<string, unknown>>
}

export const answersJson = (schema: z.ZodType, words: string): Operation['answers'] => ({ 200: { schema, words } })
export const answersMedia = (media: string, words: string): Operation['answers'] => ({ 200: { media, words } })

/** The method and the address of an operation. */
export function partsOf({ on }: Pick<Operation, 'on'>): { method: string; path: string } {
  const [method = '', path = ''] = on.split(' ')
  return { method, path }
}

/** Names of the parameters in an address, in order. */
export function pathParametersOf(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '')
}

/** Statuses of every problem that an operation can answer with. */
export function problemsOf({ query, body, problems = [], isLimited = false, isLenient = false }: Operation): number[] {
  const hasInput = (query !== undefined && !isLenient) || body !== undefined
  return [...new Set([...(hasInput ? [400] : []), ...problems, ...(isLimited ? [429] : []), 500])].sort((a, b) => a - b)
}

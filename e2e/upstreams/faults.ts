import { z } from 'zod'

const ScopeSchema = {
  /** Part of the request's path and query, as sent; every request when absent. */
  path: z.string().optional(),
  method: z.string().optional(),
  /** How many requests it befalls; all when absent. */
  times: z.number().int().positive().optional(),
}
const DigestsSchema = z.array(z.string())

/** A fault that a test switches on, as `POST /__faults` takes it. */
export const FaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...ScopeSchema,
    kind: z.literal('status'),
    status: z.number().int(),
    retryAfter: z.string().optional(),
  }),
  /** A page for people with status 200. */
  z.strictObject({ ...ScopeSchema, kind: z.literal('html') }),
  /** Headers and half of the body, then silence. */
  z.strictObject({ ...ScopeSchema, kind: z.literal('stall') }),
  /** Half of the body as if it were all. */
  z.strictObject({ ...ScopeSchema, kind: z.literal('truncate') }),
  z.strictObject({ ...ScopeSchema, kind: z.literal('slow'), ms: z.number().int().nonnegative() }),
  /** The connection is cut before an answer. */
  z.strictObject({ ...ScopeSchema, kind: z.literal('reset') }),
  /** One place of a JSON answer holds another value, such as `['items', 1, 'id']`. */
  z.strictObject({
    ...ScopeSchema,
    kind: z.literal('corrupt'),
    at: z.array(z.union([z.string(), z.number()])).min(1),
    value: z.json(),
  }),
  /** Caches: these digests (`*` for all) are gone. */
  z.strictObject({ kind: z.literal('evict'), digests: DigestsSchema }),
  /** Caches: these digests (`*` for all) are signed with another key under the same name. */
  z.strictObject({ kind: z.literal('forge'), digests: DigestsSchema }),
  /** GitHub: so many anonymous requests are left of sixty an hour. */
  z.strictObject({ kind: z.literal('rate-limit'), remaining: z.number().int().nonnegative() }),
])
export type Fault = z.infer<typeof FaultSchema>
export type TransportFault = Exclude<Fault, { kind: 'evict' | 'forge' | 'rate-limit' }>

export const FaultsSchema = z.strictObject({
  clear: z.boolean().default(false),
  faults: z.array(FaultSchema).default([]),
})

/** The faults of one server; tests in the same process use it directly, others `POST /__faults`. */
export interface FaultBook {
  add(fault: Fault): void
  clear(): void
  list(): readonly Fault[]
  /** The fault that befalls a request, counted against its `times`. */
  take(method: string, target: string): TransportFault | null
  /** Whether a digest is under a fault of that kind. */
  names(kind: 'evict' | 'forge', digest: string): boolean
  /** Counts one anonymous request against the limit, if one is on; what is left, negative when there was nothing. */
  spend(): number | null
}

interface Entry {
  readonly fault: Fault
  left: number
}

function isTransport(fault: Fault): fault is TransportFault {
  return fault.kind !== 'evict' && fault.kind !== 'forge' && fault.kind !== 'rate-limit'
}

function befalls(fault: TransportFault, method: string, target: string): boolean {
  return (fault.method ?? method) === method && target.includes(fault.path ?? '')
}

/** No faults yet. */
export function makeFaultBook(): FaultBook {
  let entries: Entry[] = []
  const faults = () => entries.map((entry) => entry.fault)
  return {
    add: (fault) => void entries.push({ fault, left: leftOf(fault) }),
    clear: () => {
      entries = []
    },
    list: faults,
    take: (method, target) => take(entries, method, target),
    names: (kind, digest) =>
      faults().some(
        (fault) =>
          fault.kind === kind && 'digests' in fault && (fault.digests.includes('*') || fault.digests.includes(digest)),
      ),
    spend: () => {
      const entry = entries.find((of) => of.fault.kind === 'rate-limit')
      if (entry === undefined) return null
      entry.left -= 1
      return entry.left
    },
  }
}

function leftOf(fault: Fault): number {
  if (fault.kind === 'rate-limit') return fault.remaining
  return isTransport(fault) ? (fault.times ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
}

function take(entries: readonly Entry[], method: string, target: string): TransportFault | null {
  for (const entry of entries) {
    const { fault } = entry
    if (entry.left <= 0 || !isTransport(fault) || !befalls(fault, method, target)) continue
    entry.left -= 1
    return fault
  }
  return null
}

/** A copy of a JSON value with another value at one place; unchanged where the place does not exist. */
export function corrupted(value: unknown, at: readonly (string | number)[], replacement: unknown): unknown {
  const [key, ...rest] = at
  if (key === undefined) return replacement
  if (Array.isArray(value))
    return value.map((item, index) => (index === Number(key) ? corrupted(item, rest, replacement) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [name, name === key ? corrupted(of, rest, replacement) : of]),
  )
}

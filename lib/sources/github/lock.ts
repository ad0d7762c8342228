import 'server-only'
import { z } from 'zod'

/** An input of a flake as its lock file pins it. */
export interface LockedInput {
  readonly revision: string
  /** `lastModified` of the lock: the date of the pinned commit. */
  readonly date: Date
  /** The branch that the input follows (`original.ref`), or null where the lock names none. */
  readonly ref: string | null
  readonly owner: string | null
  readonly repo: string | null
}

/** Why a lock file does not tell, in words for people. */
export interface LockFault {
  readonly fault: string
}

const ReferenceSchema = z.union([z.string(), z.array(z.string())])
const NodeSchema = z.object({
  inputs: z.record(z.string(), ReferenceSchema).nullish(),
  locked: z.unknown().optional(),
  original: z.object({ ref: z.string().nullish() }).nullish(),
})
const LockSchema = z.object({ nodes: z.record(z.string(), NodeSchema), root: z.string() })
type Lock = z.infer<typeof LockSchema>

const LockedSchema = z.object({
  rev: z.string().regex(/^[0-9a-f]{40,64}$/),
  lastModified: z.int().nonnegative().max(253_402_300_799),
  owner: z.string().nullish(),
  repo: z.string().nullish(),
})

const FOLLOWED_MAX = 100

/**
 * The input of the root flake with that name, as `flake.lock` (versions 5 to 7) has it. An input that follows another
 * is an array: the path to it from the root.
 */
export function parseLock(text: string, input: string): LockedInput | LockFault {
  const lock = LockSchema.safeParse(parseJson(text))
  if (!lock.success) return { fault: 'flake.lock is no lock file that can be read' }
  const key = nodeAt(lock.data, [input], new Map())
  const node = key === null ? undefined : ownValue(lock.data.nodes, key)
  if (node === undefined) return { fault: `flake.lock has no input "${input}" (it has: ${inputNames(lock.data)})` }
  const locked = LockedSchema.safeParse(node.locked)
  if (!locked.success) return { fault: `flake.lock pins input "${input}" to no revision with a date` }
  const { rev, lastModified, owner, repo } = locked.data
  return {
    revision: rev,
    date: new Date(lastModified * 1000),
    ref: node.original?.ref ?? null,
    owner: owner ?? null,
    repo: repo ?? null,
  }
}

// Paths that lead back to themselves, or to each other many times over, end: each is walked once, and none without end.
function nodeAt(lock: Lock, path: readonly string[], walked: Map<string, string | null>): string | null {
  const name = JSON.stringify(path)
  if (walked.has(name) || walked.size >= FOLLOWED_MAX) return walked.get(name) ?? null
  walked.set(name, null)
  let key: string | null = lock.root
  for (const input of path) {
    const reference: string | string[] | undefined = ownValue(ownValue(lock.nodes, key)?.inputs ?? {}, input)
    if (reference === undefined) return null
    key = typeof reference === 'string' ? reference : nodeAt(lock, reference, walked)
    if (key === null) return null
  }
  walked.set(name, key)
  return key
}

function inputNames(lock: Lock): string {
  const names = Object.keys(ownValue(lock.nodes, lock.root)?.inputs ?? {})
  return names.length === 0 ? 'none' : names.slice(0, 20).join(', ')
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

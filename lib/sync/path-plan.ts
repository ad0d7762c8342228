import 'server-only'
import type { CacheConfig } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { presenceOfCode } from '@/lib/domain/presence'
import type { KnownPresence } from '@/lib/domain/presence-change'
import { chunksOf } from './chunks'
import { type AskedOutput, readOutputs } from './presence-plan'

const MINUTE_MS = 60_000
/** A cache that did not answer may do so a moment later. */
const UNREACHABLE_MS = MINUTE_MS
const CHUNK = 5_000
const NO_DOUBT = { narinfoMs: null, untrustedMs: null, reason: null }

/** Store paths that people ask about. */
export interface AskedPaths {
  readonly paths: readonly string[]
  /** Ids of the derivations among them, and of those that have one of them as an output. */
  readonly derivations: ReadonlySet<number>
  readonly derivers: ReadonlySet<number>
  /** What no evaluation has. */
  readonly foreign: readonly string[]
}

/** Tells known store paths from others. A derivation that is not known is none that a cache could be asked for. */
export async function sortPaths(db: Db, paths: readonly string[]): Promise<AskedPaths> {
  const derivations: number[] = []
  const outputs = new Map<string, number[]>()
  for (const chunk of chunksOf(paths, CHUNK)) {
    const where = { path: { in: chunk } }
    for (const { id } of await db.derivation.findMany({ where, select: { id: true } })) derivations.push(id)
    for (const { path, derivationId } of await db.output.findMany({ where })) {
      if (path !== null) outputs.set(path, [...(outputs.get(path) ?? []), derivationId])
    }
  }
  return {
    paths,
    derivations: new Set(derivations),
    derivers: new Set([...outputs.values()].flat()),
    foreign: paths.filter((path) => !path.endsWith('.drv') && !outputs.has(path)),
  }
}

/**
 * What of these paths is due at a cache, in their order: nothing is asked more often than `recheckMinutes`, but for a
 * cache that was out of reach. What is no output of ours has a negative id.
 */
export async function planPaths(
  db: Db,
  cache: CacheConfig,
  { asked, now }: { asked: AskedPaths; now: Date },
): Promise<AskedOutput[]> {
  const place = new Map(asked.paths.map((path, index) => [path, index]))
  const outputs = await readAskedOutputs(db, cache.id, asked)
  const due = [...outputs, ...(await readForeign(db, cache.id, asked.foreign))].filter(({ known }) =>
    isDue(known, cache, now.getTime()),
  )
  // Outputs of a derivation that was asked for come with the first paths: they are what is to be built.
  const placeOf = ({ path }: AskedOutput) => place.get(path) ?? -1
  return due.sort((a, b) => placeOf(a) - placeOf(b))
}

async function readAskedOutputs(db: Db, cache: string, asked: AskedPaths): Promise<AskedOutput[]> {
  const named = new Set(asked.paths)
  const outputs = await readOutputs({ db }, cache, [...asked.derivations, ...asked.derivers])
  return outputs
    .filter(({ path, derivationId }) => asked.derivations.has(derivationId) || named.has(path))
    .map((output) => ({ ...output, mayReadNarinfo: true }))
}

async function readForeign(db: Db, cache: string, paths: readonly string[]): Promise<AskedOutput[]> {
  const stored = await db.askedPath.findMany({ where: { cache, path: { in: [...paths] } } })
  const known = new Map(stored.map((row) => [row.path, toKnown(row)]))
  return paths.map((path, index) => ({
    ...{ outputId: -1 - index, derivationId: -1, path, known: known.get(path) ?? null },
    ...{ doubt: NO_DOUBT, mayReadNarinfo: true },
  }))
}

type StoredAsked = Awaited<ReturnType<Db['askedPath']['findMany']>>[number]

function toKnown(row: StoredAsked): KnownPresence {
  return {
    presence: presenceOfCode(row.presence),
    firstSeenMs: numberOf(row.firstSeenMs),
    lastSeenMs: numberOf(row.lastSeenMs),
    missingSinceMs: numberOf(row.missingSinceMs),
    checkedMs: Number(row.checkedMs),
    lastPresence: row.lastPresence === null ? null : presenceOfCode(row.lastPresence),
    lastCheckedMs: numberOf(row.lastCheckedMs),
  }
}

function numberOf(ms: bigint | null): number | null {
  return ms === null ? null : Number(ms)
}

function isDue(known: KnownPresence | null, { recheckMinutes }: CacheConfig, nowMs: number): boolean {
  if (known === null || known.checkedMs === null) return true
  const pauseMs = known.presence === 'unreachable' ? UNREACHABLE_MS : recheckMinutes * MINUTE_MS
  return known.checkedMs <= nowMs - pauseMs
}

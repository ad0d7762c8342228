import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { judgementCode, statusCode } from '@/lib/domain/status'
import { headlineFirst, PLAIN_EVENT } from './branch-events'
import { chunksOf } from './chunks'
import type { UnkeyedEvent } from './event-key'
import { heldEvictions } from './held-evictions'

export interface Evictions {
  readonly events: readonly UnkeyedEvent[]
  /** Store paths of derivations whose eviction is told and holds. */
  readonly evicted: readonly string[]
}

/**
 * What was ready on a branch, still builds, and is gone from the caches: one event for all that is found together. Told
 * once until it is ready again or something else is built (held-evictions.ts); a cache that does not answer takes nothing
 * back.
 */
export async function findEvictions(
  tx: Tx,
  { config, branch }: { readonly config: Config; readonly branch: string },
  told: readonly string[],
): Promise<Evictions> {
  const known = new Set(told)
  const unready = await readUnready(tx, branch)
  const fresh = unready.flatMap(({ row, derivation }) => {
    const atMs = known.has(derivation.path) ? null : evictedAtMs(derivation, config)
    return atMs === null ? [] : { row, path: derivation.path, atMs }
  })
  const held = await heldEvictions(tx, branch, told)
  const evicted = [...new Set([...held, ...fresh.map(({ path }) => path)])].sort()
  if (fresh.length === 0) return { events: [], evicted }
  const packages = headlineFirst(
    config,
    fresh.map(({ row }) => row),
  )
  const atMs = Math.max(...fresh.map((one) => one.atMs))
  return { events: [{ ...PLAIN_EVENT, kind: 'evicted', branch, packages, atMs }], evicted }
}

type Unready = Awaited<ReturnType<typeof readUnready>>[number]

/** What the matrix shows as built and not ready. */
async function readUnready(tx: Tx, branch: string) {
  const cells = await tx.cell.findMany({
    where: {
      ...{ branch, lane: '', status: statusCode('succeeded'), isReady: false },
      judgement: { not: judgementCode('must-fail') },
      derivationId: { not: null },
    },
    select: { row: true, derivationId: true },
    orderBy: { row: 'asc' },
  })
  const derivations = await readDerivations(
    tx,
    cells.flatMap(({ derivationId }) => derivationId ?? []),
  )
  const byId = new Map(derivations.map((one) => [one.id, one]))
  return cells.flatMap(({ row, derivationId }) => {
    const derivation = byId.get(derivationId ?? -1)
    return derivation === undefined ? [] : { row, derivation }
  })
}

type Derivations = Awaited<ReturnType<typeof findDerivations>>

async function readDerivations(tx: Tx, ids: readonly number[]): Promise<Derivations> {
  const found: Derivations = []
  for (const chunk of chunksOf([...new Set(ids)], 5_000)) found.push(...(await findDerivations(tx, chunk)))
  return found
}

function findDerivations(tx: Tx, ids: number[]) {
  return tx.derivation.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      path: true,
      presence: true,
      outputs: {
        select: { name: true, presences: { select: { cache: true, firstSeenMs: true, missingSinceMs: true } } },
      },
    },
  })
}

/** When the caches were found without it; null unless each output that a user downloads was there before. */
function evictedAtMs({ presence, outputs }: Unready['derivation'], config: Config): number | null {
  if (presence !== presenceCode('evicted')) return null
  const caches = new Set(config.caches.map(({ id }) => id))
  const needed = outputs
    .filter(({ name }) => !config.ignoreOutputs.includes(name))
    .map(({ presences }) => presences.filter(({ cache }) => caches.has(cache)))
  if (!needed.every((presences) => presences.some(({ firstSeenMs }) => firstSeenMs !== null))) return null
  return Math.max(...needed.flat().map(({ missingSinceMs }) => Number(missingSinceMs ?? 0)))
}

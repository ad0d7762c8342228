import 'server-only'
import type { CacheConfig } from '@/lib/config/schema'
import { type DoubtedNarinfo, nextReadingMs } from '@/lib/domain/narinfo-pace'
import { presenceOfCode } from '@/lib/domain/presence'
import type { KnownPresence } from '@/lib/domain/presence-change'
import { statusCode } from '@/lib/domain/status'
import { chunksOf } from './chunks'
import type { SyncContext } from './context'

const MINUTE_MS = 60_000

/** An output to ask a cache about, with what the cache said before. */
export interface AskedOutput {
  readonly outputId: number
  readonly derivationId: number
  readonly path: string
  readonly known: KnownPresence | null
  /** When its narinfo was last read, since when those that are read are not trusted, and why. */
  readonly doubt: DoubtedNarinfo & { readonly reason: string | null }
  /** False: what was read of it lately was not trusted, and reading it again soon would keep it alive. */
  readonly mayReadNarinfo: boolean
}

/**
 * The outputs that are due at this cache: those the matrix shows and, where the cache has a bulk question, those of
 * headline packages in older evaluations, because pins need them. Nothing is asked more often than `recheckMinutes`
 * unless a person asks.
 */
export async function planPresence(context: SyncContext, cache: CacheConfig): Promise<AskedOutput[]> {
  const recheckMs = cache.recheckMinutes * MINUTE_MS
  const shown = await shownDerivations(context)
  const kept = cache.kind === 'cachix' ? await keptDerivations(context) : []
  const asked = new Map<number, AskedOutput>()
  for (const chunk of chunksOf([...new Set([...shown, ...kept])], 5_000)) {
    for (const output of await readOutputs(context, cache.id, chunk)) {
      if (!isDue(output, dueBeforeMs(context, cache))) continue
      asked.set(output.outputId, { ...output, mayReadNarinfo: mayReadNarinfo(context, output, recheckMs) })
    }
  }
  return [...asked.values()]
}

/** What was asked up to this time may be asked again. What a person asks for is asked once in a run, however fresh. */
export function dueBeforeMs(context: SyncContext, { recheckMinutes }: CacheConfig): number {
  return context.isByPerson ? context.startedAt.getTime() - 1 : context.now().getTime() - recheckMinutes * MINUTE_MS
}

export type ReadOutput = Omit<AskedOutput, 'mayReadNarinfo'>

function isDue(output: ReadOutput, beforeMs: number): boolean {
  const checkedMs = output.known?.checkedMs ?? null
  return checkedMs === null || checkedMs <= beforeMs
}

function mayReadNarinfo(context: SyncContext, { known, doubt }: ReadOutput, recheckMs: number): boolean {
  if (context.isByPerson || known?.presence !== 'untrusted') return true
  return nextReadingMs(doubt, recheckMs) <= context.now().getTime()
}

async function shownDerivations(context: SyncContext): Promise<number[]> {
  const cells = await context.db.cell.findMany({
    where: { derivationId: { not: null }, branch: { in: context.config.branches.map(({ name }) => name) } },
    select: { derivationId: true },
    distinct: ['derivationId'],
  })
  return cells.flatMap(({ derivationId }) => derivationId ?? [])
}

async function keptDerivations(context: SyncContext): Promise<number[]> {
  const headline = context.config.packages.filter((entry) => entry.headline).map(({ name }) => name)
  const results = await context.db.result.findMany({
    where: { status: statusCode('succeeded'), derivationId: { not: null }, attribute: { row: { in: headline } } },
    select: { derivationId: true },
    distinct: ['derivationId'],
  })
  return results.flatMap(({ derivationId }) => derivationId ?? [])
}

/** Outputs of derivations, with what the cache said of them before. */
export async function readOutputs(
  { db }: Pick<SyncContext, 'db'>,
  cache: string,
  derivationIds: number[],
): Promise<ReadOutput[]> {
  const outputs = await db.output.findMany({
    where: { derivationId: { in: derivationIds }, path: { not: null } },
    select: { id: true, derivationId: true, path: true, presences: { where: { cache } } },
    orderBy: { id: 'asc' },
  })
  return outputs.flatMap((output) => {
    if (output.path === null) return []
    const known = output.presences[0]
    return {
      outputId: output.id,
      derivationId: output.derivationId,
      path: output.path,
      doubt: {
        narinfoMs: numberOf(known?.narinfoMs ?? null),
        untrustedMs: numberOf(known?.untrustedMs ?? null),
        reason: known?.reason ?? null,
      },
      known:
        known === undefined
          ? null
          : {
              presence: presenceOfCode(known.presence),
              firstSeenMs: numberOf(known.firstSeenMs),
              lastSeenMs: numberOf(known.lastSeenMs),
              missingSinceMs: numberOf(known.missingSinceMs),
              checkedMs: numberOf(known.checkedMs),
              lastPresence: known.lastPresence === null ? null : presenceOfCode(known.lastPresence),
              lastCheckedMs: numberOf(known.lastCheckedMs),
            },
    }
  })
}

function numberOf(ms: bigint | null): number | null {
  return ms === null ? null : Number(ms)
}

import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Output } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { bestPresence, type Presence, presenceOfCode } from '@/lib/domain/presence'
import { isoOf } from './times'

interface StoredPresence {
  readonly cache: string
  readonly presence: number
  readonly reason: string | null
  readonly checkedMs: bigint | null
  readonly lastPresence: number | null
  readonly lastCheckedMs: bigint | null
}

/** Outputs of derivations with what every configured cache says of them, by derivation. */
export async function readOutputs(db: Db, config: Config, ids: number[]): Promise<ReadonlyMap<number, Output[]>> {
  const stored = await db.output.findMany({
    where: { derivationId: { in: ids } },
    select: {
      derivationId: true,
      name: true,
      path: true,
      presences: {
        select: { cache: true, presence: true, reason: true, checkedMs: true, lastPresence: true, lastCheckedMs: true },
      },
    },
    orderBy: [{ derivationId: 'asc' }, { id: 'asc' }],
  })
  const outputs = new Map<number, Output[]>()
  for (const output of stored) {
    const list = outputs.get(output.derivationId) ?? []
    outputs.set(output.derivationId, list)
    list.push(toOutput(config, output))
  }
  return outputs
}

function toOutput(config: Config, output: { name: string; path: string | null; presences: StoredPresence[] }): Output {
  const caches = config.caches.map(({ id }) =>
    toAnswer(
      id,
      output.presences.find(({ cache }) => cache === id),
    ),
  )
  const presence = bestPresence(caches.map((answer) => answer.presence))
  const best = caches.find((answer) => answer.presence === presence)
  return {
    name: output.name,
    path: output.path,
    needed: !config.ignoreOutputs.includes(output.name),
    presence,
    cache: presence === 'cached' ? (best?.id ?? null) : null,
    checkedAt: best?.checkedAt ?? null,
    last: presence === 'unreachable' ? lastOf(config, output.presences) : null,
    caches,
  }
}

function toAnswer(id: string, stored: StoredPresence | undefined): Output['caches'][number] {
  if (stored === undefined) return { id, presence: 'unchecked', checkedAt: null, reason: null }
  return { id, presence: presenceOfCode(stored.presence), checkedAt: isoOf(stored.checkedMs), reason: stored.reason }
}

/** The best of what the caches that are out of reach said last. */
function lastOf(config: Config, stored: readonly StoredPresence[]): Output['last'] {
  const known = config.caches.flatMap(({ id }) => {
    const answer = stored.find(({ cache, presence }) => cache === id && presenceOfCode(presence) === 'unreachable')
    if (answer === undefined || answer.lastPresence === null || answer.lastCheckedMs === null) return []
    return { presence: presenceOfCode(answer.lastPresence), checkedAt: isoOf(answer.lastCheckedMs) }
  })
  const presence = bestPresence(known.map((last) => last.presence))
  return known.find((last) => last.presence === presence) ?? null
}

/** What stands between a built package and its readiness: the worst presence among the outputs that are needed. */
export function neededPresence(outputs: readonly Output[]): Presence {
  const needed = outputs.filter((output) => output.needed).map((output) => output.presence)
  return WORST_FIRST.find((presence) => needed.includes(presence)) ?? 'unchecked'
}

const WORST_FIRST = ['untrusted', 'evicted', 'missing', 'unreachable', 'unchecked', 'cached'] as const

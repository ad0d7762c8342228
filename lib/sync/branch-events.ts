import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Tx } from '@/lib/db/client'
import type { HealthChange } from '@/lib/domain/health-changes'
import type { UnkeyedEvent } from './event-key'

export const PLAIN_EVENT = {
  cause: null,
  packages: [],
  alsoBroken: [],
  stillBroken: [],
  evaluation: null,
  nixpkgsRevision: null,
  before: null,
  partly: [],
  reasons: [],
} as const satisfies Partial<UnkeyedEvent>

/** The changes of a branch as events: evaluations and causes by their public keys, headline packages first. */
export async function toEvents(
  tx: Tx,
  { config, branch }: { readonly config: Config; readonly branch: string },
  changes: readonly HealthChange[],
): Promise<UnkeyedEvent[]> {
  const ids = changes.flatMap(({ at, before }) => [at.evaluation, ...(before === null ? [] : [before])])
  const evaluations = await tx.evaluation.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, key: true, nixpkgsRevision: true },
  })
  const byId = new Map(evaluations.map((one) => [one.id, one]))
  return changes.map(({ kind, cause, rows, at, ...change }) => ({
    kind,
    branch,
    cause: { key: cause.key, name: cause.name, derivation: cause.derivation, status: cause.status },
    packages: headlineFirst(
      config,
      rows.map(({ row }) => row),
    ),
    alsoBroken: headlineFirst(config, change.alsoBroken),
    stillBroken: headlineFirst(config, change.stillBroken),
    evaluation: byId.get(at.evaluation)?.key ?? null,
    nixpkgsRevision: byId.get(at.evaluation)?.nixpkgsRevision ?? null,
    before: byId.get(change.before ?? -1)?.key ?? null,
    partly: rows.flatMap(({ row, lanes, isPartly }) => (isPartly ? { package: row, lanes: [...lanes] } : [])),
    reasons: [],
    atMs: at.atMs,
  }))
}

/** In the order of the matrix. */
export function headlineFirst({ packages }: Config, rows: readonly string[]): string[] {
  const headline = packages.filter((one) => one.headline).map(({ name }) => name)
  const place = (row: string) => (headline.indexOf(row) + headline.length + 1) % (headline.length + 1)
  return rows.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0))
}

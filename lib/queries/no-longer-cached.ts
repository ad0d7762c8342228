import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Diff } from '@/lib/contract/diff'
import type { Db } from '@/lib/db/client'
import type { StoredAttribute } from './diff-sides'
import { readOutputs } from './outputs'

/** Attributes that succeeded, were cached once, and of which a cache has since evicted an output that users need. */
export async function readNoLongerCached(
  db: Db,
  config: Config,
  attributes: readonly StoredAttribute[],
): Promise<Diff['noLongerCached']> {
  const good = attributes.filter(({ status }) => status === 'succeeded')
  const outputs = await readOutputs(db, config, [...new Set(good.flatMap(({ derivationId }) => derivationId ?? []))])
  return good.flatMap(({ row, attribute, derivationId }) => {
    const evicted = (outputs.get(derivationId ?? -1) ?? []).filter(
      ({ needed, presence }) => needed && presence === 'evicted',
    )
    return evicted.length === 0 ? [] : [{ package: row, attribute, outputs: evicted.map(({ name }) => name) }]
  })
}

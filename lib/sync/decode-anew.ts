import 'server-only'
import type { Config } from '@/lib/config/schema'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { decoderOf } from './decode'
import { reassignRoles } from './reassign-roles'

const DECODED = ['text', 'package', 'variant', 'system', 'row', 'rank'] as const

/** Decodes every stored attribute anew, and decides anew which results make cells where that has changed anything. */
export async function decodeAnew(tx: Tx, config: Config): Promise<void> {
  const moved: number[] = []
  for (const source of config.sources) {
    const decode = decoderOf(config, source)
    const stored = await tx.attribute.findMany({ where: { source: source.id } })
    const changed = stored.flatMap((attribute) => {
      const decoded = decode(pathOf(attribute.path))
      const fields = { ...decoded, rank: JSON.stringify(decoded.rank) }
      if (DECODED.every((name) => fields[name] === attribute[name])) return []
      moved.push(attribute.id)
      return [[source.id, attribute.path, ...DECODED.map((name) => fields[name])]]
    })
    await insertRows(tx, {
      table: 'Attribute',
      columns: ['source', 'path', ...DECODED],
      rows: changed,
      onConflict: { keys: ['source', 'path'], update: DECODED },
    })
  }
  await reassignRoles(tx, moved)
}

function pathOf(json: string): string[] {
  const path: unknown = JSON.parse(json)
  return Array.isArray(path) ? path.filter((name) => typeof name === 'string') : []
}

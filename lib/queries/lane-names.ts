import 'server-only'
import type { Db } from '@/lib/db/client'

/** Every system and variant that the cells of the matrix have, in name order. */
export async function readLaneNames(db: Db): Promise<{ systems: string[]; variants: string[] }> {
  const stored = await db.meta.findUnique({ where: { key: 'lanes' } })
  const lanes: unknown = JSON.parse(stored?.value ?? '{}')
  return { systems: listOf(lanes, 'systems'), variants: listOf(lanes, 'variants') }
}

function listOf(lanes: unknown, key: string): string[] {
  const list: unknown =
    typeof lanes === 'object' && lanes !== null ? new Map(Object.entries(lanes)).get(key) : undefined
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : []
}

import 'server-only'
import { createHash } from 'node:crypto'
import type { Config } from '@/lib/config/schema'
import type { Db, Tx } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { chunksOf } from './chunks'
import { decoderOf } from './decode'
import { markCached } from './mark-cached'
import { reassignRoles } from './reassign-roles'

/**
 * Brings stored rows in line with a changed configuration: attributes are decoded anew, signatures checked by other keys
 * are no proof any more, and every branch is listed and rebuilt again. Nothing that was read is lost.
 */
export async function applyConfiguration(db: Db, config: Config): Promise<void> {
  await whenChanged(db, 'attributes', [config.sources, config.packages, config.branches], (tx) => redecode(tx, config))
  for (const cache of config.caches) {
    await whenChanged(db, `keys of ${cache.id}`, [...cache.publicKeys].sort(), (tx) => distrust(tx, cache.id))
  }
  const readiness = [config.caches.map(({ id }) => id), config.ignoreOutputs]
  await whenChanged(db, 'readiness', readiness, (tx) => remark(tx, config))
}

async function whenChanged(db: Db, what: string, part: unknown, apply: (tx: Tx) => Promise<void>): Promise<void> {
  const key = `configuration: ${what}`
  const value = createHash('sha256').update(JSON.stringify(part)).digest('base64url')
  const stored = await db.meta.findUnique({ where: { key } })
  if (stored?.value === value) return
  await db.$transaction(async (tx) => {
    if (stored !== null) await apply(tx)
    await tx.meta.upsert({ where: { key }, create: { key, value }, update: { value } })
  })
}

async function redecode(tx: Tx, config: Config): Promise<void> {
  for (const source of config.sources) {
    const decode = decoderOf(config, source)
    const attributes = await tx.attribute.findMany({ where: { source: source.id } })
    for (const { id, path } of attributes) {
      const { text, package: name, variant, system, row, rank } = decode(pathOf(path))
      await tx.attribute.update({
        where: { id },
        data: { text, package: name, variant, system, row, rank: JSON.stringify(rank) },
      })
    }
  }
  await reassignRoles(tx)
  // Which branch a run belongs to may have changed too: everything within the history is listed again.
  await tx.sourceState.updateMany({ data: { listedThrough: null } })
  await tx.feed.deleteMany()
  await tx.track.deleteMany()
}

function pathOf(json: string): string[] {
  const path: unknown = JSON.parse(json)
  return Array.isArray(path) ? path.filter((name) => typeof name === 'string') : []
}

/** What other keys verified is unchecked until its narinfo is read again. */
async function distrust(tx: Tx, cache: string): Promise<void> {
  await tx.presence.updateMany({
    where: {
      cache,
      presence: { in: [presenceCode('cached'), presenceCode('untrusted'), presenceCode('unreachable')] },
    },
    data: {
      presence: presenceCode('unchecked'),
      checkedMs: null,
      lastPresence: null,
      lastCheckedMs: null,
      signedBy: null,
    },
  })
}

async function remark(tx: Tx, config: Config): Promise<void> {
  const derivations = await tx.derivation.findMany({ where: { outputs: { some: {} } }, select: { id: true } })
  for (const chunk of chunksOf(derivations, 5_000))
    await markCached(
      tx,
      config,
      chunk.map(({ id }) => id),
    )
}

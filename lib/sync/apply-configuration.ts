import 'server-only'
import { createHash } from 'node:crypto'
import type { Config } from '@/lib/config/schema'
import type { Db, Tx } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { chunksOf } from './chunks'
import { decodeAnew } from './decode-anew'
import { markCached } from './mark-cached'
import { noteFact } from './note-fact'
import { placeAnew } from './place-anew'

interface Applied {
  readonly db: Db
  readonly config: Config
  readonly now: Date
}

/**
 * Brings stored rows in line with a changed configuration: attributes are decoded anew, signatures checked by other keys
 * are no proof any more, and every branch is listed and rebuilt again. Nothing that was read is lost.
 */
export async function applyConfiguration(context: Applied): Promise<void> {
  const { config } = context
  await whenChanged(context, 'attributes', [config.sources, config.packages, config.branches], (tx) =>
    redecode(tx, config),
  )
  for (const { id, ...source } of config.sources) {
    const repository = source.kind === 'hercules-ci' ? source.repository : null
    await whenChanged(context, `lock files of ${id}`, repository, (tx) => rereadLocks(tx, id))
  }
  for (const { id, url, publicKeys } of config.caches) {
    await whenChanged(context, `address of ${id}`, url, (tx) => forgetServer(tx, config, id))
    await whenChanged(context, `keys of ${id}`, [url, [...publicKeys].sort()], (tx) => distrust(tx, config, id))
  }
  // The first word changes with the rule, so that what an older version stored is judged anew.
  const readiness = ['needed presence', config.caches.map(({ id }) => id), config.ignoreOutputs]
  await whenChanged(context, 'readiness', readiness, (tx) => remark(tx, config))
}

async function whenChanged(
  { db, now }: Applied,
  what: string,
  part: unknown,
  apply: (tx: Tx) => Promise<void>,
): Promise<void> {
  const key = `configuration: ${what}`
  const value = createHash('sha256').update(JSON.stringify(part)).digest('base64url')
  const stored = await db.meta.findUnique({ where: { key } })
  if (stored?.value === value) return
  await db.$transaction(async (tx) => {
    if (stored !== null) {
      await apply(tx)
      await noteFact(tx, now)
    }
    await tx.meta.upsert({ where: { key }, create: { key, value }, update: { value } })
  })
}

async function redecode(tx: Tx, config: Config): Promise<void> {
  await decodeAnew(tx, config)
  await placeAnew(tx, config)
  // What was not ingested before may be now: everything within the history is listed again.
  await tx.sourceState.updateMany({ data: { listedThrough: null } })
  // Readers keep what is shown until it is rebuilt.
  await tx.feed.updateMany({ data: { built: '', foldedCount: 0, foldedHash: '' } })
  const gone = { where: { branch: { notIn: config.branches.map(({ name }) => name) } } }
  await tx.cell.deleteMany(gone)
  await tx.feed.deleteMany(gone)
  await tx.track.deleteMany(gone)
  await tx.branchState.deleteMany(gone)
}

/** Another repository or input: what the old one said stays until the new one has answered. */
async function rereadLocks(tx: Tx, source: string): Promise<void> {
  await tx.evaluation.updateMany({ where: { source }, data: { lock: 'waiting' } })
}

/** What other keys verified, or another server, is unchecked until its narinfo is read again. */
async function distrust(tx: Tx, config: Config, cache: string): Promise<void> {
  await tx.askedPath.deleteMany({ where: { cache } })
  await tx.presence.updateMany({
    where: { cache },
    data: {
      presence: presenceCode('unchecked'),
      checkedMs: null,
      lastPresence: null,
      lastCheckedMs: null,
      signedBy: null,
    },
  })
  await remark(tx, config)
}

/** Another server: what the old one had and lost is no eviction of the new one's. */
async function forgetServer(tx: Tx, config: Config, cache: string): Promise<void> {
  await tx.presence.updateMany({
    where: { cache },
    data: { firstSeenMs: null, lastSeenMs: null, missingSinceMs: null },
  })
  await tx.presenceChange.deleteMany({ where: { cache } })
  await tx.cacheLife.deleteMany({ where: { cache } })
  await distrust(tx, config, cache)
}

async function remark(tx: Tx, config: Config): Promise<void> {
  const derivations = await tx.derivation.findMany({ where: { outputs: { some: {} } }, select: { id: true } })
  for (const chunk of chunksOf(derivations, 5_000)) {
    await markCached(
      tx,
      config,
      chunk.map(({ id }) => id),
    )
  }
}

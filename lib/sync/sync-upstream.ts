import 'server-only'
import { recordFault, type SyncContext, writeFenced } from './context'
import { noteFact } from './note-fact'

/** Reads the head of each nixpkgs branch that is followed, so that readers can tell how far the builds are behind. */
export async function syncUpstream(context: SyncContext): Promise<void> {
  for (const ref of await readRefs(context)) {
    try {
      await syncHead(context, ref)
    } catch (error) {
      await recordFault(context, 'upstream', error)
    }
  }
}

/** The ref each branch follows now; before its first evaluation, its configured one if that is no glob. */
async function readRefs(context: SyncContext): Promise<Set<string>> {
  const feeds = await context.db.feed.findMany({ where: { place: 0 }, select: { branch: true, ref: true } })
  const followed = new Map(feeds.map(({ branch, ref }) => [branch, ref]))
  const refs = context.config.branches.map((branch) => followed.get(branch.name) ?? branch.ref)
  return new Set(refs.filter((ref) => !/[*?]/.test(ref)))
}

async function syncHead(context: SyncContext, ref: string): Promise<void> {
  const known = await context.db.upstreamBranch.findUnique({ where: { ref } })
  const head = await context.upstream.readBranchHead(ref, known?.etag ?? undefined)
  const readMs = BigInt(context.now().getTime())
  await writeFenced(context, async (tx) => {
    if (head === 'not-modified') {
      await tx.upstreamBranch.updateMany({ where: { ref }, data: { readMs } })
      return
    }
    const data =
      head === 'absent'
        ? { revision: null, dateMs: null, etag: null }
        : { revision: head.revision, dateMs: BigInt(head.date.getTime()), etag: head.etag }
    await tx.upstreamBranch.upsert({ where: { ref }, create: { ref, ...data, readMs }, update: { ...data, readMs } })
    if (known?.revision !== data.revision) await noteFact(tx, context.now())
  })
}

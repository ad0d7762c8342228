import 'server-only'
import type { Config, SourceConfig } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import type { FeedName } from './feed-history'

/** The sources and handlers that feed a branch, in the order of the configuration; the first makes the column. */
export async function readFeeds(db: Db, config: Config, branch: string): Promise<FeedName[]> {
  const found = await db.evaluation.findMany({
    where: { branch },
    select: { source: true, handler: true },
    distinct: ['source', 'handler'],
    orderBy: [{ source: 'asc' }, { handler: 'asc' }],
  })
  return config.sources.flatMap((source) => {
    const handlers = found.flatMap((feed) => (feed.source === source.id ? feed.handler : []))
    return inOrder(source, handlers).map((handler) => ({ source: source.id, handler }))
  })
}

/** A Config job decides for every handler of its push; it is a feed of its own only while there is no other. */
function inOrder(source: SourceConfig, found: readonly string[]): string[] {
  const handlers = found.filter((handler) => handler !== 'Config')
  if (handlers.length === 0) return [...found]
  const listed = (source.kind === 'hercules-ci' ? source.handlers : null) ?? ['OnPush/default']
  const place = (handler: string) => (listed.indexOf(handler) + listed.length + 1) % (listed.length + 1)
  return handlers.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}

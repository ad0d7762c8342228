import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { storable } from './storable'

/** The configured branch that is meant by its name, or else by the ref that it follows now; null when there is none. */
export async function readBranchAsked(db: Db, config: Config, asked: string): Promise<string | null> {
  const names = config.branches.map(({ name }) => name)
  if (names.includes(asked)) return asked
  const feeds = await db.feed.findMany({ where: { place: 0, ref: storable(asked) }, select: { branch: true } })
  const following = new Set(feeds.map(({ branch }) => branch))
  const found = config.branches.find(({ name, ref }) => following.has(name) || ref === asked)
  return found?.name ?? null
}

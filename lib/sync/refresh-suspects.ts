import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { type Db, db as openDatabase, type Tx } from '@/lib/db/client'
import { UpstreamError } from '@/lib/net/errors'
import type { GithubCommits } from '@/lib/sources/github/compare'
import { makeAdapters } from './adapters'
import { type Asks, sharedAsks, takeAsk } from './ask-limits'
import { noteFact } from './note-fact'
import { readCommitFiles } from './read-commit-files'
import { type RangeTools, readRange } from './read-range'
import { planRanges, type WantedRange } from './suspect-plan'

/** What came of asking for the commits of a breakage: `read` is stored, and a query then tells it. */
export type RefreshedSuspects =
  | { readonly kind: 'read' }
  /** Nothing is to be read: not broken, a revision unknown, or read already. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'limited'; readonly retryAt: Date }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAt: Date | null }

export interface RefreshTools {
  readonly db?: Db
  readonly config?: Config
  readonly commits?: GithubCommits | undefined
  readonly asks?: Asks
  readonly now?: () => Date
}

/**
 * Reads the commits between last good and first bad of one row now, because a person wants to see them. A client may
 * cause so many questions as others do (ask-limits.ts); the host's own budget is obeyed.
 */
export async function refreshSuspects(
  { branch, row }: { branch: string; row: string },
  client: string,
  given: RefreshTools = {},
): Promise<RefreshedSuspects> {
  const { db = openDatabase(), config = readConfiguration(), asks = sharedAsks(), now = () => new Date() } = given
  const [range] = await planRanges(db, { branch, row, states: ['waiting', 'unknown'] })
  if (range === undefined) return { kind: 'nothing' }
  const retryAt = takeAsk(asks, client, now())
  if (retryAt !== null) return { kind: 'limited', retryAt }
  const commits = given.commits ?? makeAdapters(config).commits
  if (commits === undefined) return { kind: 'nothing' }
  await awaitAgain(db, range)
  return read({ db, commits, now, write: (write) => store(db, write, now()) }, range)
}

/** A range that could not be told before is asked for again: a revision may have reached the host since. */
async function awaitAgain(db: Db, { from, to }: WantedRange): Promise<void> {
  const where = { fromRevision: from, toRevision: to, state: 'unknown' }
  await db.nixpkgsRange.updateMany({ where, data: { state: 'waiting', reason: null } })
}

async function read(tools: RangeTools, range: WantedRange): Promise<RefreshedSuspects> {
  try {
    await readRange(tools, range)
    await readCommitFiles(tools, range)
    return { kind: 'read' }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { kind: 'unavailable', reason: error.message, retryAt: error.retryAt }
  }
}

async function store(db: Db, write: (tx: Tx) => Promise<void>, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await write(tx)
    await noteFact(tx, now)
  })
}

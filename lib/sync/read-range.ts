import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Db, Tx } from '@/lib/db/client'
import { RANGE_COMMITS_MAX } from '@/lib/domain/suspects'
import { COMMITS_PER_PAGE, type CommitPage, type GithubCommits } from '@/lib/sources/github/compare'

/** What reading a range needs; `write` is how its caller may write (a sync by its lease, a person without one). */
export interface RangeTools {
  readonly db: Db
  readonly commits: GithubCommits
  readonly write: (write: (tx: Tx) => Promise<void>) => Promise<void>
  readonly now: () => Date
}

/** `settled`: nothing is left to ask; `spent`: the rest of the host's budget belongs to others. */
export type RangeOutcome = 'settled' | 'unfinished' | 'spent'

export const RANGE_PAGES_MAX = Math.ceil(RANGE_COMMITS_MAX / COMMITS_PER_PAGE)

/** Requests that are left to lock files and branch heads, which say more than suspects do. */
const REQUESTS_KEPT = 20

/**
 * Reads the commits between two revisions where the last reading of them ended, page by page, each stored at once.
 * Throws `UpstreamError`.
 */
export async function readRange(tools: RangeTools, range: { from: string; to: string }): Promise<RangeOutcome> {
  for (let pages = 0; pages < RANGE_PAGES_MAX; pages += 1) {
    const known = await findRange(tools.db, range)
    if (known !== null && known.state !== 'waiting') return 'settled'
    const page = known === null ? 1 : await nextPageOf(tools.db, known.id)
    const answer = await tools.commits.readCommits({ base: range.from, head: range.to }, page)
    await tools.write((tx) => storePage(tx, { range, page, answer, now: tools.now() }))
    if (answer !== 'absent' && isSpent(answer.remaining)) return 'spent'
  }
  return 'unfinished'
}

export function isSpent(remaining: number | null): boolean {
  return remaining !== null && remaining < REQUESTS_KEPT
}

export function findRange(db: Tx, { from, to }: { from: string; to: string }) {
  return db.nixpkgsRange.findUnique({ where: { fromRevision_toRevision: { fromRevision: from, toRevision: to } } })
}

async function nextPageOf(db: Db, rangeId: number): Promise<number> {
  const last = await db.nixpkgsCommit.findFirst({
    where: { rangeId },
    select: { position: true },
    orderBy: { position: 'desc' },
  })
  return last === null ? 1 : Math.floor(last.position / COMMITS_PER_PAGE) + 2
}

interface ReadPage {
  readonly range: { readonly from: string; readonly to: string }
  readonly page: number
  readonly answer: CommitPage | 'absent'
  readonly now: Date
}

async function storePage(tx: Tx, { range, page, answer, now }: ReadPage): Promise<void> {
  const data = { ...stateOf(answer, page), readMs: BigInt(now.getTime()) }
  const key = { fromRevision: range.from, toRevision: range.to }
  const { id } = await tx.nixpkgsRange.upsert({
    where: { fromRevision_toRevision: key },
    create: { ...key, ...data },
    update: data,
  })
  if (answer === 'absent' || data.state === 'unknown' || data.state === 'too-large') return
  await insertRows(tx, {
    table: 'NixpkgsCommit',
    columns: ['rangeId', 'position', 'sha', 'subject', 'dateMs'],
    rows: answer.commits.map(({ sha, subject, date }, index) => [
      id,
      (page - 1) * COMMITS_PER_PAGE + index,
      sha,
      subject,
      date?.getTime() ?? null,
    ]),
    onConflict: 'ignore',
  })
}

/** What is known of a range after one of its pages. */
function stateOf(answer: CommitPage | 'absent', page: number) {
  if (answer === 'absent') return { state: 'unknown', reason: 'missing' }
  const { ancestry, totalCommits, commits } = answer
  if (ancestry !== 'ahead' && ancestry !== 'identical') return { state: 'unknown', reason: 'not-an-ancestor' }
  if (totalCommits > RANGE_COMMITS_MAX) return { state: 'too-large', totalCommits }
  const isLast = page * COMMITS_PER_PAGE >= totalCommits || commits.length === 0
  return { state: isLast ? 'read' : 'waiting', totalCommits }
}

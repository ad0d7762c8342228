import 'server-only'
import { filesWanted } from '@/lib/domain/suspects'
import { findRange, isSpent, type RangeOutcome, type RangeTools } from './read-range'
import type { WantedRange } from './suspect-plan'

/** How many commits of one range are asked one by one for what they change. */
const COMMITS_MAX = 8

/**
 * Asks what those commits change whose messages leave open whether they touch what broke, newest first.
 * Throws `UpstreamError`.
 */
export async function readCommitFiles(tools: RangeTools, range: WantedRange): Promise<RangeOutcome> {
  const known = await findRange(tools.db, range)
  if (known?.state !== 'read') return 'settled'
  const stored = await tools.db.nixpkgsCommit.findMany({
    where: { rangeId: known.id },
    select: { position: true, sha: true, subject: true, files: true },
    orderBy: { position: 'asc' },
  })
  const asked = stored.filter(({ files }) => files !== null).length
  const commits = stored.map(({ files, ...commit }) => ({ ...commit, files: files === null ? null : [] }))
  for (const { sha, position } of filesWanted(commits, range.names).slice(0, Math.max(0, COMMITS_MAX - asked))) {
    const answer = await tools.commits.readCommitFiles(sha)
    const files = JSON.stringify(answer === 'absent' ? [] : answer.files)
    const where = { rangeId_position: { rangeId: known.id, position } }
    await tools.write(async (tx) => void (await tx.nixpkgsCommit.update({ where, data: { files } })))
    if (answer !== 'absent' && isSpent(answer.remaining)) return 'spent'
  }
  return 'settled'
}

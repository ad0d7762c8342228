import 'server-only'
import { SUSPECTS_MAX } from '@/lib/contract/suspects'
import { RANGE_COMMITS_MAX } from '@/lib/domain/suspects'
import type { KnownRange } from './suspect-range'

const UNKNOWN: Readonly<Record<string, string>> = {
  missing: 'GitHub does not have one of the two revisions, so the commits between them are unknown.',
  'not-an-ancestor':
    'The last good revision is no ancestor of the first bad one (the branch was moved), so no range of commits tells what changed.',
}

/** One sentence on what is known of a range of commits. */
export function suspectsNote({ state, totalCommits, reason, commits }: KnownRange): string {
  const total = numberWords(totalCommits ?? commits.length)
  if (state === 'too-large') {
    return `The range holds ${total} commits, more than the ${numberWords(RANGE_COMMITS_MAX)} that are ranked here; bisecting tells more.`
  }
  if (state === 'unknown') return UNKNOWN[reason ?? ''] ?? 'The commits between the two revisions are unknown.'
  if (state === 'waiting') {
    if (commits.length === 0) return 'The commits of this range are not read yet; one of the next syncs reads them.'
    return `Only the ${numberWords(commits.length)} oldest of ${total} commits are read yet; one of the next syncs reads the rest.`
  }
  if (commits.length <= SUSPECTS_MAX)
    return `${total} commits lie between the last good and the first bad revision, closest first.`
  return `${total} commits lie between the last good and the first bad revision; these are the ${SUSPECTS_MAX} closest.`
}

function numberWords(count: number): string {
  return new Intl.NumberFormat('en-GB', { useGrouping: true }).format(count).replaceAll(',', '\u202f')
}

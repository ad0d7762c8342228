import 'server-only'
import { z } from 'zod'
import type { Suspects } from '@/lib/contract/suspects'
import type { Db } from '@/lib/db/client'
import type { SuspectCommit } from '@/lib/domain/suspects'

/** What is stored of the commits between two revisions. */
export interface KnownRange {
  readonly state: Extract<Suspects['state'], 'read' | 'waiting' | 'too-large' | 'unknown'>
  readonly totalCommits: number | null
  readonly reason: string | null
  /** Oldest first. */
  readonly commits: readonly (SuspectCommit & { readonly dateMs: bigint | null })[]
}

const StateSchema = z.enum(['read', 'waiting', 'too-large', 'unknown']).catch('unknown')
const FilesSchema = z.array(z.string())

export async function readKnownRange(db: Db, { from, to }: { from: string; to: string }): Promise<KnownRange> {
  const range = await db.nixpkgsRange.findUnique({
    where: { fromRevision_toRevision: { fromRevision: from, toRevision: to } },
  })
  if (range === null) return { state: 'waiting', totalCommits: null, reason: null, commits: [] }
  const commits = await db.nixpkgsCommit.findMany({ where: { rangeId: range.id }, orderBy: { position: 'asc' } })
  return {
    state: StateSchema.parse(range.state),
    totalCommits: range.totalCommits,
    reason: range.reason,
    commits: commits.map(({ sha, subject, dateMs, files }) => ({
      sha,
      subject,
      dateMs,
      files: files === null ? null : FilesSchema.parse(JSON.parse(files)),
    })),
  }
}

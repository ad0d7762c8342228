import 'server-only'
import { COMMITS_PER_PAGE, type CommitPage, type GithubCommits } from '@/lib/sources/github/compare'

/** What the host of a test says of nixpkgs' commits, and what it was asked. */
export interface ScriptedCommits extends GithubCommits {
  /** Subjects of the one range there is, oldest first. */
  subjects: string[]
  ancestry: CommitPage['ancestry'] | 'absent'
  /** Stated instead of the number of subjects. */
  totalCommits: number | null
  /** Requests that are left, counted down; null: the host does not say. */
  remaining: number | null
  /** Thrown by the next question. */
  fault: Error | null
  readonly files: Map<string, readonly string[]>
  readonly asked: string[]
}

/** 40 hex digits, others for each position. */
export const shaOf = (position: number): string => position.toString(16).padStart(40, 'c')

export function scriptedCommits(subjects: readonly string[]): ScriptedCommits {
  const script: ScriptedCommits = {
    subjects: [...subjects],
    ancestry: 'ahead',
    totalCommits: null,
    remaining: null,
    fault: null,
    files: new Map(),
    asked: [],
    readCommits: async ({ base, head }, page) => {
      answer(script, `${base.at(-1)}...${head.at(-1)} ${page}`)
      if (script.ancestry === 'absent') return 'absent'
      const start = (page - 1) * COMMITS_PER_PAGE
      return {
        ancestry: script.ancestry,
        totalCommits: script.totalCommits ?? script.subjects.length,
        commits: script.subjects
          .slice(start, start + COMMITS_PER_PAGE)
          .map((subject, index) => ({ sha: shaOf(start + index), subject, date: new Date('2026-01-02T00:00:00Z') })),
        remaining: script.remaining,
      }
    },
    readCommitFiles: async (sha) => {
      answer(script, `files ${sha.replace(/^c+/, '')}`)
      return { files: script.files.get(sha) ?? [], remaining: script.remaining }
    },
  }
  return script
}

function answer(script: ScriptedCommits, question: string): void {
  script.asked.push(question)
  const { fault } = script
  script.fault = null
  if (fault !== null) throw fault
  if (script.remaining !== null) script.remaining -= 1
}

import { type CommitEvent, eventsBetween } from './commit-events'
import { authorOf, mergeSubject, ordinaryCommit } from './commit-words'
import type { NixpkgsPoint } from './derivations'
import { BRANCHES, laterUpdates, windowUpdates } from './locks'
import type { Lineage } from './package-spec'
import { between, commitOf, unitOf } from './random'

const DAY_MS = 86_400_000

/** A commit of the demo's nixpkgs; revisions that a lock file pins are the real ones. */
export interface DemoCommit extends CommitEvent {
  readonly sha: string
  readonly author: string
}

/** The demo's nixpkgs history: a pure function's memory. */
export interface CommitBook {
  readonly seed: string
  /** Where each pinned revision stands. */
  readonly pins: ReadonlyMap<string, NixpkgsPoint>
  readonly days: Map<string, readonly DemoCommit[]>
  readonly bySha: Map<string, DemoCommit>
}

export function makeCommitBook(seed: string): CommitBook {
  const pins = new Map<string, NixpkgsPoint>()
  for (const update of [...windowUpdates(), ...laterUpdates()]) {
    for (const branch of BRANCHES) {
      const { revision, at } = update.pins[branch]
      pins.set(revision, { lineage: branch === 'release' ? 'release' : 'trunk', at })
    }
  }
  return { seed, pins, days: new Map(), bySha: new Map() }
}

/** The commits of a lineage after one real time, up to and with another, oldest first. */
export function commitsBetween(book: CommitBook, lineage: Lineage, after: number, upTo: number): DemoCommit[] {
  const commits: DemoCommit[] = []
  for (let day = Math.floor(after / DAY_MS); day <= Math.floor(upTo / DAY_MS); day += 1) {
    commits.push(...commitsOfDay(book, lineage, day).filter(({ at }) => after < at && at <= upTo))
  }
  return commits
}

function commitsOfDay(book: CommitBook, lineage: Lineage, day: number): readonly DemoCommit[] {
  const key = `${lineage}:${day}`
  const known = book.days.get(key)
  if (known !== undefined) return known
  const [from, to] = [day * DAY_MS, (day + 1) * DAY_MS]
  const ordinary = ordinaryOfDay(`${book.seed}:commit:${key}`, lineage, from)
  const events = eventsBetween(book.seed, lineage, from, to).map((event) => toCommit(`${key}:${event.subject}`, event))
  const pinned = [...book.pins]
    .filter(([, point]) => point.lineage === lineage && from <= point.at && point.at < to)
    .map(([sha, { at }]) => ({ ...toCommit(sha, { at, subject: mergeSubject(sha), files: [] }), sha }))
  const commits = [...ordinary, ...events, ...pinned].sort((a, b) => a.at - b.at || (a.sha < b.sha ? -1 : 1))
  book.days.set(key, commits)
  for (const commit of commits) book.bySha.set(commit.sha, commit)
  return commits
}

function ordinaryOfDay(key: string, lineage: Lineage, from: number): DemoCommit[] {
  const count = Math.floor(lineage === 'release' ? between(key, 12, 30) : between(key, 120, 190))
  return Array.from({ length: count }, (_, index) => {
    const at = from + Math.floor(unitOf(`${key}:${index}:at`) * (DAY_MS / 1000)) * 1000
    return toCommit(`${key}:${index}`, { ...ordinaryCommit(`${key}:${index}`), at })
  })
}

function toCommit(key: string, event: CommitEvent): DemoCommit {
  return { ...event, sha: commitOf(`nixpkgs:${key}`), author: authorOf(key) }
}

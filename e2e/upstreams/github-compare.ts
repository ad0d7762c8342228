import { type CommitBook, commitsBetween, type DemoCommit, makeCommitBook } from './commits'
import { type Answer, json } from './serve'
import { shownTime, type World } from './world'

const PER_PAGE = 250
const PER_PAGE_MAX = 100
const FILES_MAX = 300
const DIVERGED_MS = 2 * 86_400_000

const BOOKS = new WeakMap<World, CommitBook>()

function bookOf(world: World): CommitBook {
  const book = BOOKS.get(world) ?? makeCommitBook(world.seed)
  BOOKS.set(world, book)
  return book
}

/** What `compare/{base}...{head}` answers for two revisions that a lock file pins; null for any other. */
export function compareAnswer(world: World, range: string, query: URLSearchParams): Answer | null {
  const [base = '', head = ''] = range.split('...')
  const book = bookOf(world)
  const [from, to] = [book.pins.get(base), book.pins.get(head)]
  if (from === undefined || to === undefined) return null
  const isDiverged = from.lineage !== to.lineage
  const status = isDiverged ? 'diverged' : base === head ? 'identical' : from.at < to.at ? 'ahead' : 'behind'
  // The real fork point lies months back: two days stand for them.
  const commits = commitsBetween(book, to.lineage, isDiverged ? to.at - DIVERGED_MS : from.at, to.at)
  const { page, perPage } = pageOf(query)
  return json({
    html_url: `https://github.com/NixOS/nixpkgs/compare/${range}`,
    status,
    ahead_by: commits.length,
    behind_by: status === 'behind' ? commitsBetween(book, to.lineage, to.at, from.at).length : 0,
    total_commits: commits.length,
    commits: commits.slice((page - 1) * perPage, page * perPage).map((commit) => toCommit(world, commit)),
    ...(page === 1 && { files: toFiles(commits.flatMap(({ files }) => files)).slice(0, FILES_MAX) }),
  })
}

/** One commit with the files that it changes; null where the demo never told of it. */
export function commitAnswer(world: World, sha: string): Answer | null {
  const commit = bookOf(world).bySha.get(sha)
  return commit === undefined ? null : json({ ...toCommit(world, commit), files: toFiles(commit.files) })
}

function pageOf(query: URLSearchParams): { page: number; perPage: number } {
  const [page, perPage] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 0)]
  return { page: Math.max(1, page || 1), perPage: perPage > 0 ? Math.min(perPage, PER_PAGE_MAX) : PER_PAGE }
}

function toCommit(world: World, { sha, at, subject, author }: DemoCommit) {
  const person = {
    name: author,
    email: `${author}@users.noreply.github.com`,
    date: shownTime(world, at).replace('.000', ''),
  }
  return {
    sha,
    html_url: `https://github.com/NixOS/nixpkgs/commit/${sha}`,
    commit: { author: person, committer: person, message: `${subject}\n\nSigned-off-by: ${author}` },
    parents: [],
  }
}

function toFiles(files: readonly string[]) {
  return [...new Set(files)].map((filename) => ({
    filename,
    status: 'modified',
    additions: 3,
    deletions: 3,
    changes: 6,
  }))
}

import { parseAttributePath } from './attribute-path'
import { matchesGlob } from './glob'
import { compareVersions } from './nix-version'

/** A package that the configuration lists, as far as rows go. */
export interface ListedPackage {
  readonly name: string
  readonly attributes: readonly string[]
}

/** The row of a package and its place among those that could make the row's cell; lower comes first. */
export interface RowPlace {
  readonly row: string
  /** Which glob matched, and the package set, of which the newest comes first. */
  readonly rank: readonly [glob: number, set: string]
}

/** The row that a package path belongs to: the first listed package that owns it, else a row of its own. */
export function rowOf(packagePath: string, listed: readonly ListedPackage[]): RowPlace {
  for (const { name, attributes } of listed) {
    const glob = attributes.findIndex((candidate) => matchesPath(candidate, packagePath))
    if (glob >= 0) return { row: name, rank: [glob, setOf(packagePath)] }
  }
  // A path that is itself the name of a listed package joins its row, behind all that the package owns.
  const named = listed.find(({ name }) => name === packagePath)
  return { row: packagePath, rank: [named?.attributes.length ?? 0, setOf(packagePath)] }
}

/** `*` matches within one name of the path. */
function matchesPath(glob: string, packagePath: string): boolean {
  const names = parseAttributePath(packagePath) ?? [packagePath]
  const globs = parseAttributePath(glob) ?? glob.split('.')
  return globs.length === names.length && globs.every((part, index) => matchesGlob(part, names[index] ?? ''))
}

function setOf(packagePath: string): string {
  const names = parseAttributePath(packagePath) ?? []
  return names.slice(0, -1).join('.')
}

/** A result that could make the cell of a row. */
export interface CellCandidate {
  readonly rank: RowPlace['rank']
  readonly variant: string | null
  /** Place in the evaluation. */
  readonly position: number
}

/** Which result makes the cell: by glob, then the newest package set, then variant (`basic` first), then position. */
export function compareCandidates(a: CellCandidate, b: CellCandidate): number {
  return (
    a.rank[0] - b.rank[0] ||
    compareVersions(versionOfSet(b.rank[1]), versionOfSet(a.rank[1])) ||
    Number(a.variant !== 'basic') - Number(b.variant !== 'basic') ||
    a.position - b.position
  )
}

/**
 * `python310Packages` is Python 3.10 and newer than `python39Packages`, which is 3.9; `python3Packages` says nothing.
 * A special build of an interpreter (`python313FreeThreadingPackages`) counts as a little older than the plain one.
 */
function versionOfSet(set: string): string {
  const [, major, minor, special] = /^[a-z]+([0-9])([0-9]+)([A-Z][A-Za-z]*)?Packages$/.exec(set) ?? []
  if (major !== undefined && minor !== undefined) return `${major}.${minor}${special === undefined ? '' : 'pre'}`
  return set.replace(/^[^0-9]+/, '').replaceAll('_', '.')
}

import { matchesGlob } from './glob'
import { compareVersions } from './nix-version'

export interface NamedBranch {
  readonly name: string
  /** What the source calls it, a glob perhaps; the name unless set. */
  readonly ref?: string | undefined
}

/**
 * The branch that a source's ref, job name or attribute name belongs to, or null. The source's own mapping beats the
 * branches' refs; of a job name a part is enough (`buildNixosUnstableMatrix`), and the longest part wins.
 */
export function branchOf(raw: {
  readonly name: string
  readonly isJobName: boolean
  readonly sourceBranches: Readonly<Record<string, string>>
  readonly branches: readonly NamedBranch[]
}): string | null {
  const { name, sourceBranches, branches } = raw
  const mapped = Object.entries(sourceBranches).find(([glob]) => matchesGlob(glob, name))
  if (mapped !== undefined) return branches.some((branch) => branch.name === mapped[1]) ? mapped[1] : null
  const exact =
    branches.find((branch) => refOf(branch) === name) ?? branches.find((branch) => matchesGlob(refOf(branch), name))
  if (exact !== undefined) return exact.name
  return raw.isJobName ? branchInJobName(name, branches) : null
}

function refOf(branch: NamedBranch): string {
  return branch.ref ?? branch.name
}

// A name is a stranger's text, and the runs of its words grow with their square.
const JOB_NAME_WORDS_MAX = 50

function branchInJobName(jobName: string, branches: readonly NamedBranch[]): string | null {
  const parts = partsOf(wordsOf(jobName).slice(0, JOB_NAME_WORDS_MAX))
  let best = { name: '', length: 0 }
  for (const branch of branches) {
    for (const candidate of [refOf(branch), branch.name]) {
      const glob = wordsOf(candidate).join('')
      const length = Math.max(0, ...parts.filter((part) => isNamedBy(glob, part)).map((part) => lengthOf(glob, part)))
      if (length > best.length) best = { name: branch.name, length }
    }
  }
  return best.length > 0 ? best.name : null
}

/** Every run of words, run together: `build`, `buildnixos`, `nixos`, … */
function partsOf(words: readonly string[]): string[] {
  return words.flatMap((_, start) =>
    words.slice(start).map((_, index) => words.slice(start, start + index + 1).join('')),
  )
}

/** What a `*` covers says nothing: `nixos-*` matches more of a job name than `nixos-unstable`, but knows less of it. */
function lengthOf(glob: string, part: string): number {
  return glob.includes('*') ? glob.length - 1 : part.length
}

/** In a job name a `?` stands for a digit: it lacks the dots that tell `nixos-22.11` from other words. */
function isNamedBy(glob: string, part: string): boolean {
  if (!matchesGlob(glob, part)) return false
  return glob.includes('*') || [...glob].every((char, index) => char !== '?' || /[0-9]/.test(part[index] ?? ''))
}

/** Words in lower case, across camel case and punctuation. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s._:;,/-]+/)
    .filter((word) => word !== '')
}

/** The newest, in version order, of the refs that the branch's glob matches; null when it matches none. */
export function followedRef(refs: readonly string[], glob: string): string | null {
  const matching = refs.filter((ref) => matchesGlob(glob, ref))
  return matching.sort((a, b) => compareVersions(a, b) || (a < b ? -1 : 1)).at(-1) ?? null
}

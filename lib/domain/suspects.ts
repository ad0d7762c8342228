import { scopeOf } from './commit-subject'
import { parseDrvName } from './derivation-name'
import type { GraphInput } from './input-graph'
import { namesInSubject, namesOfAttribute, namesOfDerivation, setOfAttribute, setOfDerivation } from './package-names'

/** A commit of the range between the last good and the first bad revision. */
export interface SuspectCommit {
  readonly sha: string
  readonly subject: string
  /** Paths that it changes; null where that was not asked. */
  readonly files: readonly string[] | null
}

/** What fails, and what is known about it. */
export interface SuspectTarget {
  /** Derivation names of the root causes: `magma-2.7.2`. */
  readonly roots: readonly string[]
  /** Attribute of the package itself, and the name of its derivation where it evaluates. */
  readonly attribute: string
  readonly derivationName: string | null
  /** Inputs of what fails; those that changed alone, if `areChanged`. */
  readonly inputs: readonly GraphInput[]
  readonly areChanged: boolean
}

/** Closest first: what fails itself, the package that shows it, an input, the set it belongs to, everything, anything. */
export const CLOSENESS = ['root', 'package', 'input', 'set', 'treewide', 'rest'] as const
export type Closeness = (typeof CLOSENESS)[number]

export interface Suspect<C extends SuspectCommit = SuspectCommit> {
  readonly commit: C
  readonly closeness: Closeness
  /** Steps to the input that it names; 0 for what fails itself; null where nothing ties it. */
  readonly distance: number | null
  /** Why it stands where it does, in words. */
  readonly reason: string
}

type Finding = Omit<Suspect, 'commit'>

/** The most commits of a range that are ranked: beyond it a bisection tells more than a list. */
export const RANGE_COMMITS_MAX = 2_000

/** Every commit of a range (oldest first) once, the closest to what fails first, ties by newest first. */
export function rankSuspects<C extends SuspectCommit>(commits: readonly C[], target: SuspectTarget): Suspect<C>[] {
  const find = finderFor(target)
  const suspects = commits.map((commit) => ({ commit, ...find(commit) })).reverse()
  // Sorting is stable: among equals the newest stays first.
  return suspects.sort(
    (a, b) => CLOSENESS.indexOf(a.closeness) - CLOSENESS.indexOf(b.closeness) || (a.distance ?? 0) - (b.distance ?? 0),
  )
}

/** A name by which a thing is spoken of, and what to say about it. */
interface Known {
  readonly closeness: 'root' | 'package' | 'input'
  readonly distance: number
  readonly label: string
}

function finderFor(target: SuspectTarget): (commit: SuspectCommit) => Finding {
  const known = knownNames(target)
  const names = [...target.roots, target.derivationName ?? ''].flatMap((name) => setOfDerivation(name) ?? [])
  const sets = new Set([...names, ...target.attribute.split('.').flatMap((name) => setOfAttribute(name) ?? [])])
  return (commit) => byDirectory(commit, known) ?? byMessage(commit.subject, known, sets) ?? rest(failingName(target))
}

function failingName({ roots, attribute }: SuspectTarget): string {
  return roots[0] === undefined ? attribute : parseDrvName(roots[0]).name
}

/** By name, the closest thing that has it. */
function knownNames(target: SuspectTarget): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>()
  const add = (names: readonly string[], thing: Known) => {
    for (const name of names) if (!known.has(name)) known.set(name, thing)
  }
  for (const root of target.roots) {
    add(namesOfDerivation(root), { closeness: 'root', distance: 0, label: `${parseDrvName(root).name}, which fails` })
  }
  const own = { closeness: 'package', distance: 0, label: `${target.attribute}, the package itself` } as const
  add([...namesOfAttribute(target.attribute), ...namesOfDerivation(target.derivationName ?? '')], own)
  const failing = failingName(target)
  for (const { name, distance } of [...target.inputs].sort((a, b) => a.distance - b.distance)) {
    const kind = target.areChanged ? 'a changed input' : 'an input'
    const steps = distance === 1 ? '' : `, ${distance} steps away`
    add(namesOfDerivation(name), { closeness: 'input', distance, label: `${name}, ${kind} of ${failing}${steps}` })
  }
  return known
}

function byDirectory({ files }: SuspectCommit, known: ReadonlyMap<string, Known>): Finding | null {
  const found = (files ?? []).flatMap((file) => directoriesOf(file).flatMap((name) => known.get(name) ?? []))
  const closest = closestOf(found)
  if (closest === null) return null
  return { ...placeOf(closest), reason: `changes the directory of ${closest.label}` }
}

/** Directories of a package's expression, lower case: below `pkgs/` and its category. */
function directoriesOf(file: string): string[] {
  const [first, , ...inner] = file.toLowerCase().replaceAll('_', '-').split('/')
  if (first !== 'pkgs') return []
  return inner.map((name, index) => (index === inner.length - 1 ? name.replace(/\.nix$/, '') : name))
}

function byMessage(subject: string, known: ReadonlyMap<string, Known>, sets: ReadonlySet<string>): Finding | null {
  const { attributes, isTreewide } = scopeOf(subject)
  const closest = closestOf(attributes.flatMap(namesInSubject).flatMap((name) => known.get(name) ?? []))
  if (closest !== null) return { ...placeOf(closest), reason: `its message names ${closest.label}` }
  const set = attributes.find((attribute) => sets.has(setOfAttribute(attribute) ?? ''))
  if (set !== undefined) return { closeness: 'set', distance: null, reason: `speaks of all of ${set}` }
  if (!isTreewide) return null
  return { closeness: 'treewide', distance: null, reason: 'changes many packages at once' }
}

function closestOf(found: readonly Known[]): Known | null {
  const order = ({ closeness, distance }: Known) => CLOSENESS.indexOf(closeness) * 1_000_000 + distance
  return [...found].sort((a, b) => order(a) - order(b))[0] ?? null
}

function placeOf({ closeness, distance }: Known): Pick<Finding, 'closeness' | 'distance'> {
  return { closeness, distance }
}

function rest(failing: string): Finding {
  return { closeness: 'rest', distance: null, reason: `lies in the range; nothing known ties it to ${failing}` }
}

/**
 * Commits (oldest first) whose files are worth asking for, newest first: those that change many packages at once, and
 * those that speak of one of these names without naming its attribute.
 */
export function filesWanted<C extends SuspectCommit>(commits: readonly C[], names: readonly string[]): C[] {
  const known = new Set(names)
  const isOpen = ({ subject, files }: C) => {
    if (files !== null) return false
    const { attributes, isTreewide } = scopeOf(subject)
    if (attributes.flatMap(namesInSubject).some((name) => known.has(name))) return false
    return isTreewide || wordsOf(subject).some((word) => known.has(word))
  }
  return commits.filter(isOpen).reverse()
}

function wordsOf(subject: string): string[] {
  return subject.split(/[^\w.+-]+/).flatMap(namesInSubject)
}

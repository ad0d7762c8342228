import { parseStorePath } from './derivation-name'
import { type ListHead, type MissingList, parseListHead, type Sizes } from './dry-run-head'

/** What a pasted text says that Nix would do, each list in the order of the text and without repeats. */
export interface DryRun {
  readonly willBuild: readonly string[]
  readonly willFetch: readonly string[]
  /** What Nix does not know how to build. */
  readonly unknown: readonly string[]
  /** Store paths that stand in none of the lists. */
  readonly mentioned: readonly string[]
  /** How many the heads of the lists announce; null where they give no number. The text may hold fewer. */
  readonly announcedBuild: number | null
  readonly announcedFetch: number | null
  /** Bytes, as far as the heads tell them. */
  readonly sizes: Sizes | null
}

interface Reading {
  readonly lists: Readonly<Record<MissingList, Set<string>>>
  readonly mentioned: Set<string>
  readonly announced: Record<MissingList, number | null>
  sizes: Sizes | null
  open: OpenList | null
}

interface OpenList {
  readonly list: MissingList
  readonly start: string
  /** What stands before the paths of the list; known from its first path on. */
  indent: string | null
}

// Escapes of terminals: operating system commands (links, titles), control sequences (colours, redrawing), short ones.
// Their parts share no character, and each ends at the next escape: linear time on any text.
const ESC = '\\u001b'
const ESCAPES = new RegExp(
  `${ESC}\\][^${ESC}\\u0007]*(?:\\u0007|${ESC}\\\\)|${ESC}\\[[0-?]*[ -/]*[@-~]|${ESC}[ -/]*[0-~]`,
  'g',
)
const LINE_ENDS = /[\r\n\v\f\u2028\u2029]+/
const PATHS = /\/nix\/store\/[0-9a-df-np-sv-z]{32}-[0-9A-Za-z+\-._?=]+/g
const LONE_NAME = /^[0-9a-df-np-sv-z]{32}-[0-9A-Za-z+\-._?=]+$/
// Where a publisher has left lines out, and what evaluation says in between.
const FILLER = /^(?:#? ?[[(]?(?:\.\.\.|…)[\])]?|(?:evaluation )?(?:warning|trace):.*)$/

/**
 * Reads store paths and the output of every Nix command that tells what it would build and fetch, in every wording since
 * Nix 0.12, between whatever else was printed. Never throws; linear in the length of the text.
 */
export function parseDryRun(text: string): DryRun {
  const reading: Reading = {
    lists: { build: new Set(), fetch: new Set(), unknown: new Set() },
    mentioned: new Set(),
    announced: { build: null, fetch: null, unknown: null },
    sizes: null,
    open: null,
  }
  for (const line of text.replace(ESCAPES, '').split(LINE_ENDS)) readLine(reading, line)
  const { lists, announced, sizes } = reading
  const isListed = (path: string) => Object.values(lists).some((list) => list.has(path))
  return {
    willBuild: [...lists.build],
    willFetch: [...lists.fetch],
    unknown: [...lists.unknown],
    mentioned: [...reading.mentioned].filter((path) => !isListed(path)),
    announcedBuild: announced.build,
    announcedFetch: announced.fetch,
    sizes,
  }
}

function readLine(reading: Reading, line: string): void {
  const head = parseListHead(line)
  if (head !== null) {
    openList(reading, head)
    return
  }
  const bare = line.trim()
  if (bare === '') return
  const item = itemOf(line)
  if (reading.open !== null && item !== null && belongs(reading.open, item)) {
    reading.open.indent ??= item.indent
    reading.lists[reading.open.list].add(item.path)
    return
  }
  if (!FILLER.test(withoutStart(bare, reading.open))) reading.open = null
  for (const path of pathsIn(bare)) reading.mentioned.add(path)
}

function openList(reading: Reading, { list, start, announced, sizes }: ListHead): void {
  // A head that stands twice announces one list.
  const isRepeated = reading.open?.list === list && reading.open.indent === null
  if (announced !== null && !isRepeated) reading.announced[list] = (reading.announced[list] ?? 0) + announced
  if (sizes !== null && !isRepeated) reading.sizes = addSizes(reading.sizes, sizes)
  reading.open = { list, start: shapeOf(start), indent: null }
}

function addSizes(known: Sizes | null, more: Sizes): Sizes {
  const sum = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b)
  if (known === null) return more
  return { download: sum(known.download, more.download), unpacked: sum(known.unpacked, more.unpacked) }
}

interface Item {
  readonly path: string
  /** What a logger puts before each line: a time, a name. */
  readonly start: string
  readonly indent: string
}

/** A line that ends in a store path, taken apart; null for any other. */
function itemOf(line: string): Item | null {
  const end = line.trimEnd()
  const at = end.lastIndexOf('/nix/store/')
  if (at < 0) return null
  const path = end.slice(at)
  if (parseStorePath(path) === null) return null
  const before = end.slice(0, at)
  const start = before.trimEnd()
  return { path, start: shapeOf(start), indent: before.slice(start.length) }
}

/** Printed by the same hand as the list's head and, after its first path, as deep as that one. */
function belongs({ list, start, indent }: OpenList, item: Item): boolean {
  if (item.start !== start) return false
  if (indent !== null) return item.indent === indent
  // Of a list that lost its indent, only derivations can be told from the results that Nix prints at its end.
  return item.indent.length > (start === '' ? 0 : 1) || list !== 'build' || item.path.endsWith('.drv')
}

/** Times and counters in what a logger puts before a line change from line to line. */
function shapeOf(start: string): string {
  return start.trim().replace(/\d+/g, '0')
}

function withoutStart(line: string, open: OpenList | null): string {
  if (open === null || open.start === '') return line
  // The shape has other digits, never others between them: the last word of the start is where the line begins.
  const word = open.start.slice(open.start.lastIndexOf(' ') + 1)
  const at = line.indexOf(word)
  return at < 0 ? line : line.slice(at + word.length).trimStart()
}

function pathsIn(line: string): string[] {
  if (LONE_NAME.test(line)) return toPath(`/nix/store/${line}`)
  return (line.match(PATHS) ?? []).flatMap(toPath)
}

/** A path at the end of a sentence does not take its full stop along. */
function toPath(found: string): string[] {
  // A regular expression would begin anew at each of a million full stops.
  let end = found.length
  while (end > 0 && '.?'.includes(found.charAt(end - 1))) end -= 1
  const path = found.slice(0, end)
  return parseStorePath(path) === null ? [] : [path]
}

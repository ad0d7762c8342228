/** The lists that Nix prints of what is not there: to build, to fetch, and what it does not know how to build. */
export type MissingList = 'build' | 'fetch' | 'unknown'

/** Bytes; null where the head does not tell. */
export interface Sizes {
  readonly download: number | null
  readonly unpacked: number | null
}

export interface ListHead {
  readonly list: MissingList
  /** What stands before the words: a prompt, a time, the name of a machine. */
  readonly start: string
  readonly announced: number | null
  readonly sizes: Sizes | null
}

// Nix 0.12 says "the following derivations will be built", 1.12 "these", 2.4 "these 9" and "this derivation"; other
// programs that print such lists say "would be". `%d` is what a Nix before 2.4 printed by mistake for a number.
const THESE = '(?:this|(?:these|the following)(?: (\\d{1,9}|%d))?)'
const WILL_BE = '(?:will|would) be'
const WORDS: Readonly<Record<MissingList, RegExp>> = {
  build: new RegExp(`${THESE} derivations? ${WILL_BE} built`, 'i'),
  fetch: new RegExp(`${THESE} (?:paths?|files?) ${WILL_BE} (?:fetched|substituted|downloaded(?:/copied)?|copied)`, 'i'),
  unknown: new RegExp(`(?:don't|don’t|do not) know how to build ${THESE} paths?`, 'i'),
}
const LISTS = ['build', 'fetch', 'unknown'] as const
// What may follow: sizes, or why, and the colon that ends every head.
const TAIL = /^ ?(?:\(([^()]{0,200})\))?:?\s*$/
const SIZE = /(\d{1,15}(?:\.\d{1,6})?) ?([KMGTPE]i?)?B(?: (download|unpacked))?/g
const LINE_MAX = 2_000
const POWERS: readonly string[] = ['', 'K', 'M', 'G', 'T', 'P', 'E']

/** The head of a list in a line of output, or null. Longer lines than any head are none. */
export function parseListHead(line: string): ListHead | null {
  if (line.length > LINE_MAX) return null
  for (const list of LISTS) {
    const words = WORDS[list].exec(line)
    if (words === null) continue
    const tail = TAIL.exec(line.slice(words.index + words[0].length))
    if (tail === null) continue
    const start = line.slice(0, words.index)
    return { list, start, announced: announcedIn(words[0], words[1]), sizes: sizesIn(tail[1] ?? '') }
  }
  return null
}

function announcedIn(words: string, number: string | undefined): number | null {
  if (number !== undefined) return number === '%d' ? null : Number(number)
  return /\bthis (?:derivation|path|file)/i.test(words) ? 1 : null
}

function sizesIn(text: string): Sizes | null {
  let [download, unpacked]: (number | null)[] = [null, null]
  for (const [, amount = '', unit = '', kind] of text.matchAll(SIZE)) {
    const bytes = Math.round(Number(amount) * scaleOf(unit))
    if (kind === 'unpacked') unpacked ??= bytes
    else download ??= bytes
  }
  return download === null && unpacked === null ? null : { download: download ?? null, unpacked: unpacked ?? null }
}

function scaleOf(unit: string): number {
  const power = POWERS.indexOf(unit.charAt(0))
  return (unit.endsWith('i') ? 1024 : 1000) ** Math.max(power, 0)
}

import { nixString } from './nix-string'

const PLAIN = /^(?!(?:if|then|else|assert|with|let|in|rec|inherit)$)[A-Za-z_][A-Za-z0-9_'-]*$/

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** The path in Nix's own text form: names joined with dots, quoted where they are no identifiers. */
export function formatAttributePath(path: readonly string[]): string {
  return path.map((name) => (PLAIN.test(name) ? name : nixString(name))).join('.')
}

/**
 * The path that a text in Nix's form names, or null when it is none: an empty name, an open quote, text beside quotes,
 * an expression in `${}`. As on Nix's command line, a name needs quotes for its dots alone. The empty text is the empty path.
 */
export function parseAttributePath(text: string): string[] | null {
  if (text === '') return []
  const path: string[] = []
  for (let at = 0; ; ) {
    const name = text[at] === '"' ? quotedAt(text, at + 1) : plainAt(text, at)
    if (name === null) return null
    path.push(name.text)
    if (name.end === text.length) return path
    if (text[name.end] !== '.') return null
    at = name.end + 1
  }
}

// A regular expression over a whole name overflows its stack on a name of some megabytes: these only look for the next stop.

function plainAt(text: string, start: number): { text: string; end: number } | null {
  const stop = /[."]|$/g
  stop.lastIndex = start
  const end = stop.exec(text)?.index ?? text.length
  return end === start ? null : { text: text.slice(start, end), end }
}

function quotedAt(text: string, start: number): { text: string; end: number } | null {
  const stop = /["\\]|\$\{/g
  const parts: string[] = []
  for (let from = start; ; from = stop.lastIndex) {
    stop.lastIndex = from
    const match = stop.exec(text)
    if (match === null) return null
    parts.push(text.slice(from, match.index))
    if (match[0] === '"') return { text: parts.join(''), end: match.index + 1 }
    const escaped = text[match.index + 1]
    if (match[0] !== '\\' || escaped === undefined) return null
    parts.push(UNESCAPED[escaped] ?? escaped)
    stop.lastIndex = match.index + 2
  }
}

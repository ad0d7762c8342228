const PLAIN = /^(?!(?:if|then|else|assert|with|let|in|rec|inherit)$)[A-Za-z_][A-Za-z0-9_'-]*$/

const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** The path in Nix's own text form: names joined with dots, quoted where they are no identifiers. */
export function formatAttributePath(path: readonly string[]): string {
  return path.map((name) => (PLAIN.test(name) ? name : quote(name))).join('.')
}

function quote(name: string): string {
  return `"${name.replace(/[\\"\n\r\t]|\$(?=\{)/g, (char) => ESCAPED[char] ?? `\\${char}`)}"`
}

/** The path that a text in Nix's form names, or null when it is none. The empty text is the empty path. */
export function parseAttributePath(text: string): string[] | null {
  if (text === '') return []
  const path: string[] = []
  const name = /(?:([^."]+)|"((?:[^"\\]|\\.)*)")(\.|$)/sy
  while (name.lastIndex < text.length) {
    const match = name.exec(text)
    if (match === null) return null
    path.push(match[1] ?? unquote(match[2] ?? ''))
    if (match[3] === '') return path
  }
  return null
}

function unquote(quoted: string): string {
  return quoted.replace(/\\(.)/gs, (_, char: string) => UNESCAPED[char] ?? char)
}

const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A string literal of Nix, `"…"`, which no text can end and in which nothing is evaluated. */
export function nixString(text: string): string {
  return `"${text.replace(/[\\"\n\r\t]|\$(?=\{)/g, (char) => ESCAPED[char] ?? `\\${char}`)}"`
}

import { formatAttributePath, parseAttributePath } from './attribute-path'

/** `pkgs.a."b.c"` for an attribute path in Nix's text form; null when the text is no path that may be pasted. */
export function nixSelect(from: string, path: string): string | null {
  const names = parseAttributePath(path)
  if (names === null || names.length === 0 || /\p{C}/u.test(path)) return null
  return `${from}.${formatAttributePath(names)}`
}

/** A list with an item per line; `indent` is that of the line it begins on. */
export function nixList(items: readonly string[], indent: string): string {
  return items.length === 0 ? '[ ]' : `[\n${items.map((item) => `${indent}  ${item}\n`).join('')}${indent}]`
}

/** `import <from> { … }` with these arguments, each an expression, on one line. */
export function nixImport(from: string, given: Readonly<Record<string, string>>): string {
  const set = Object.entries(given).map(([name, value]) => `${name} = ${value};`)
  return `import ${from} { ${set.join(' ')} }`
}

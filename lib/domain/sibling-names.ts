/** Sets whose version stands in the names of their members, and the versions that nixpkgs has had or may soon have. */
const SETS = [
  { pattern: /^python\d\.\d+-(?=.)/, name: 'python', versions: ['2.7', ...minorsOf(3, 6, 20)] },
  { pattern: /^pypy\d\.\d+-(?=.)/, name: 'pypy', versions: ['2.7', ...minorsOf(3, 6, 16)] },
  {
    pattern: /^cuda\d+\.\d+-(?=.)/,
    name: 'cuda',
    versions: [...minorsOf(10, 0, 2), ...minorsOf(11, 0, 8), ...minorsOf(12, 0, 9), ...minorsOf(13, 0, 9)],
  },
] as const

function minorsOf(major: number, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${major}.${from + index}`)
}

/**
 * Names (without version) under which a derivation's package may stand in the set: its own first, then those of the same
 * member in another version of its set, as `python3.11-torch` is of `python3.12-torch`.
 */
export function siblingNames(name: string): string[] {
  for (const set of SETS) {
    const prefix = set.pattern.exec(name)?.[0]
    if (prefix === undefined) continue
    const member = name.slice(prefix.length)
    return [...new Set([name, ...set.versions.map((version) => `${set.name}${version}-${member}`)])]
  }
  return [name]
}

// The outputs that nixpkgs makes, as they stand at the end of the name of a store path; `out` does not.
const OUTPUT = /-(bin|cxxdev|data|debug|dev|devdoc|dist|doc|docs|info|lib|libs|man|modules|static|tests?)$/

/** The name of an output's store path without the name of the output: `hello-2.12` of `hello-2.12-dev`. */
export function withoutOutput(name: string): string {
  return name.replace(OUTPUT, '')
}

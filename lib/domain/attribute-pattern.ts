import { formatAttributePath, parseAttributePath } from './attribute-path'
import { matchingLengths } from './glob'
import { splitPackageSet } from './package-set'

const PLACEHOLDERS = ['branch', 'system', 'variant', 'package'] as const
type Placeholder = (typeof PLACEHOLDERS)[number]

/** A piece of one name of a pattern: text that stands for itself, or a placeholder. */
type Piece = { readonly text: string } | { readonly name: Placeholder; readonly isJoined: boolean }

/** A parsed attribute pattern: per name of the path, its pieces. */
export type Pattern = readonly (readonly Piece[])[]

export interface AttributeRules {
  readonly patterns: readonly Pattern[]
  readonly variants: readonly string[]
  readonly packageSets: readonly string[]
}

export interface Decoded {
  readonly branch: string | null
  readonly system: string | null
  readonly variant: string | null
  /** Path of the package in Nix's text form. */
  readonly package: string
}

/** The pattern that a text of the configuration means, or why it means none. */
export function parsePattern(text: string): Pattern | { readonly fault: string } {
  const names = text.split('.')
  if (names.some((name) => name === '')) return { fault: 'a name between two dots is empty' }
  const pattern: Piece[][] = []
  for (const name of names) {
    const pieces = piecesOf(name)
    if ('fault' in pieces) return pieces
    pattern.push(pieces.pieces)
  }
  const used = pattern.flat().flatMap((piece) => ('name' in piece ? piece.name : []))
  const twice = used.find((name, index) => used.indexOf(name) !== index)
  if (twice !== undefined) return { fault: `{${twice}} stands in it twice` }
  if (!used.includes('package')) return { fault: '{package} is missing from it' }
  return pattern
}

function piecesOf(name: string): { pieces: Piece[] } | { fault: string } {
  const pieces: Piece[] = []
  for (const [token, braced] of name.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (token === '{' || token === '}') return { fault: `"${name}" has a brace without its pair` }
    const piece = braced === undefined ? { text: token } : placeholderOf(braced)
    if (piece === null)
      return { fault: `{${braced}} is not one of {branch}, {system}, {variant}, {package}, {package:_}` }
    pieces.push(piece)
  }
  return { pieces }
}

function placeholderOf(braced: string): Piece | null {
  if (braced === 'package:_') return { name: 'package', isJoined: true }
  const name = PLACEHOLDERS.find((known) => known === braced)
  return name === undefined ? null : { name, isJoined: false }
}

/** The rules of one source; patterns that do not parse are left out (the configuration has refused them before). */
export function compileRules(source: {
  readonly patterns: readonly string[]
  readonly variants: readonly string[]
  readonly packageSets: readonly string[]
}): AttributeRules {
  const patterns = source.patterns.flatMap((text) => {
    const pattern = parsePattern(text)
    return 'fault' in pattern ? [] : [pattern]
  })
  return { patterns, variants: source.variants, packageSets: source.packageSets }
}

/**
 * What an attribute path decodes to: patterns are tried in order; a single name with dots is read as a path; what no
 * pattern matches keeps its whole path as package.
 */
export function decodeAttribute(path: readonly string[], rules: AttributeRules): Decoded {
  const [only, ...more] = path
  const dotted = more.length === 0 && only?.includes('.') ? parseAttributePath(only) : null
  const names = dotted ?? path
  for (const pattern of rules.patterns) {
    const found = matchPattern(pattern, names, rules)
    if (found !== null) return found
  }
  return { branch: null, system: null, variant: null, package: formatAttributePath(names) }
}

type Bindings = Readonly<Partial<Record<Placeholder, readonly string[]>>>

/** One `{package}` may take more names than its own: all that the other names of the pattern leave. */
function matchPattern(pattern: Pattern, path: readonly string[], rules: AttributeRules): Decoded | null {
  const more = path.length - pattern.length
  const at = pattern.findIndex((pieces, index) => takesMore(pieces, index === pattern.length - 1))
  if (more < 0 || (more > 0 && at < 0)) return null
  const names = path.toSpliced(at + 1, more)
  let bound: Bindings = {}
  for (const [index, pieces] of pattern.entries()) {
    const found = matchWhole(pieces, names[index] ?? '', rules)
    if (found === null) return null
    bound = { ...bound, ...found }
  }
  return toDecoded({ ...bound, package: [...(bound.package ?? []), ...path.slice(at + 1, at + 1 + more)] })
}

/** `{package}` as a whole name of the pattern, or as the end of the last one. */
function takesMore(pieces: readonly Piece[], isLast: boolean): boolean {
  return isPackage(isLast ? pieces.slice(-1) : pieces)
}

function isPackage(pieces: readonly Piece[]): boolean {
  const [piece, ...more] = pieces
  return piece !== undefined && more.length === 0 && 'name' in piece && piece.name === 'package' && !piece.isJoined
}

// No attribute of nixpkgs comes near. The ways to take a name apart grow with a power of its length, and it is a stranger's.
const NAME_MAX = 300

function matchWhole(pieces: readonly Piece[], name: string, rules: AttributeRules): Bindings | null {
  if (isPackage(pieces)) return { package: [name] }
  return name.length > NAME_MAX ? null : matchName(pieces, name, rules)
}

function matchName(pieces: readonly Piece[], text: string, rules: AttributeRules): Bindings | null {
  const [piece, ...rest] = pieces
  if (piece === undefined) return text === '' ? {} : null
  if ('text' in piece) return text.startsWith(piece.text) ? matchName(rest, text.slice(piece.text.length), rules) : null
  for (const length of lengthsOf(piece, text, rules)) {
    const found = matchName(rest, text.slice(length), rules)
    if (found !== null) return { ...found, [piece.name]: namesOf(piece, text.slice(0, length), rules) }
  }
  return null
}

// The systems that nixpkgs knows, by shape. Without it, `a.b` would be package `a` on system `b` for `{package}.{system}`.
const SYSTEM =
  /^[a-z0-9_]+-(?:linux|darwin|freebsd|netbsd|openbsd|solaris|redox|cygwin|windows|uefi|genode|mmixware|wasi|ghcjs|none)$/

/** Lengths that a placeholder may take, in the order to try: the longest that fits, but the shortest unlisted variant. */
function lengthsOf(piece: Exclude<Piece, { text: string }>, text: string, rules: AttributeRules): number[] {
  const lengths = Array.from({ length: text.length }, (_, index) => text.length - index)
  if (piece.name === 'system') return lengths.filter((length) => SYSTEM.test(text.slice(0, length)))
  if (piece.name !== 'variant') return lengths
  if (rules.variants.length === 0) return lengths.reverse()
  const listed = new Set(rules.variants.flatMap((variant) => matchingLengths(variant, text, '_')))
  return lengths.filter((length) => listed.has(length))
}

function namesOf(piece: Exclude<Piece, { text: string }>, text: string, rules: AttributeRules): readonly string[] {
  return piece.isJoined ? splitPackageSet(text, rules.packageSets) : [text]
}

function toDecoded(bound: Bindings): Decoded {
  const textOf = (name: Placeholder) => bound[name]?.[0] ?? null
  const system = textOf('system')
  return {
    branch: textOf('branch'),
    system,
    variant: textOf('variant'),
    package: formatAttributePath(withoutSystem(bound.package ?? [], system)),
  }
}

/** Job trees of nixpkgs say the system once more behind each package: `x86_64-linux.master.blender.x86_64-linux`. */
function withoutSystem(path: readonly string[], system: string | null): readonly string[] {
  return path.length > 1 && path.at(-1) === system ? path.slice(0, -1) : path
}

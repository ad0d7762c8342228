import { parseDrvName } from './derivation-name'

// What nixpkgs puts before the name of a member of a set, with the set's version: `python3.11-`, `cuda12.2-`, `perl5.38.2-`.
const SET_PREFIX = /^(python|pypy|perl|lua|luajit|ruby|php|ocaml|cuda|linux|emacs|vimplugin|octave|coq)[\d.]*-(?=.)/i
const SET_ATTRIBUTE =
  /^(python|pypy|perl|lua|luajit|ruby|php|ocaml|ocaml-ng|cuda|linux|emacs|vim|octave|coq)[\d_.]*(?:Packages|Plugins|Extensions)(?:_[\d_]+)?$/
// Flavours of one expression: its directory and its commits go without them.
const FLAVOUR = /(?:-?with-?(?:out-?)?(?:cuda|rocm|gui|tests)|-(?:gpu|cuda|full|bin|minimal|unwrapped|headless))$/i

/** Names under which nixpkgs may speak of a derivation: with and without set, and without flavour. Lower case, no version. */
export function namesOfDerivation(derivationName: string): string[] {
  // A version such as `unstable-2023-12-09` leaves its word in the name.
  const name = parseDrvName(derivationName).name.replace(/-unstable$/, '')
  return distinct([plain(name), ...withoutFlavour(plain(name.replace(SET_PREFIX, '')))])
}

/** The same for an attribute path in text form: its last name. */
export function namesOfAttribute(attribute: string): string[] {
  return withoutFlavour(memberName(attribute))
}

/** Names that a commit means by an attribute, comparable with the others: `magma_2_7_2` is a `magma` too, and `opencv4` an `opencv`. */
export function namesInSubject(attribute: string): string[] {
  const name = memberName(attribute)
  const bare = name.replace(/[-\d]+$/, '')
  return distinct([name, bare.length < 2 ? name : bare])
}

function memberName(attribute: string): string {
  return plain(/[^.]*$/.exec(attribute.replaceAll('"', ''))?.[0] ?? attribute)
}

/** The set that a derivation's name says it belongs to (`cuda` of `cuda12.2-nccl-2.20`), or null. */
export function setOfDerivation(derivationName: string): string | null {
  return SET_PREFIX.exec(derivationName)?.[1]?.toLowerCase() ?? null
}

/** The set that an attribute is as a whole (`cuda` of `cudaPackages_12_2`), or null for any other attribute. */
export function setOfAttribute(attribute: string): string | null {
  return SET_ATTRIBUTE.exec(attribute)?.[1]?.toLowerCase() ?? null
}

function withoutFlavour(name: string): string[] {
  return distinct([name, name.replace(FLAVOUR, '')])
}

/** nixpkgs writes one name with `_` here and `-` there. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '')
}

import 'server-only'
import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Why a configuration cannot be used: one readable line per fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]
  /** The file, or null when the configuration did not come from one. */
  readonly file: string | null

  constructor(faults: readonly string[], file: string | null = null) {
    super(`${file ?? 'The configuration'} cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.faults = faults
    this.file = file
  }
}

/** What to print for a configuration that cannot be used: a head line and one line per fault. */
export function configFaultLines(error: ConfigError): string[] {
  const count = error.faults.length === 1 ? 'one fault' : `${error.faults.length} faults`
  return [`${error.file ?? 'The configuration'}: ${count}`, ...error.faults.map((fault) => `  ${fault}`)]
}

/** The faults of one zod issue, each `path: expected …, found …`. `input` is the whole file as it was read. */
export function faultsOf(issue: Issue, input: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.message.split('\n').map((line) => `${pathText(issue.path)}: ${line}`)
  }
  return [faultLine(issue.path, expectedBy(issue), input)]
}

/** One fault at a place of the file. */
function faultLine(path: Path, expected: string, input: unknown): string {
  return `${pathText(path)}: expected ${expected}, found ${foundAt(path, input)}`
}

/** A place in the file as people write it: `sources[1].kind`. */
export function pathText(path: Path): string {
  const text = path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`
    const name = String(key)
    if (!/^[$\w-]+$/.test(name)) return `${before}[${JSON.stringify(name)}]`
    return before === '' ? name : `${before}.${name}`
  }, '')
  return text === '' ? 'the file' : text
}

const EXPECTED_TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return EXPECTED_TYPES[issue.expected] ?? issue.expected
    case 'too_small':
      return sizeText(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'too_big':
      return sizeText(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'invalid_value':
      return oneOf(issue.values.map(String))
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options.map(String)) : 'another value'
    case 'invalid_key':
      return issue.issues[0] === undefined ? 'another key' : `as key ${expectedBy(issue.issues[0])}`
    default:
      return issue.message
  }
}

function sizeText(origin: string, bound: string, size: number | bigint): string {
  if (origin === 'array') return `${bound} ${size} ${size === 1 ? 'entry' : 'entries'}`
  if (origin === 'string') return `${bound} ${size} characters`
  return `a number of ${bound} ${size}`
}

function oneOf(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(' or ')
}

function foundAt(path: Path, input: unknown): string {
  const found = path.reduce<unknown>((value, key) => (isIndexable(value) ? value[String(key)] : undefined), input)
  const name = path.findLast((key) => typeof key === 'string')
  return mayHoldSecret(String(name), found) ? 'something else (not shown, as it may hold a secret)' : valueText(found)
}

function isIndexable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

// Faults go to terminals and logs, so whatever could be a pasted secret is left out.
function mayHoldSecret(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false
  // 64 bytes after a colon: a secret signing key where a public one belongs.
  if (/:[A-Za-z0-9+/=]{60,}/.test(value)) return true
  return /env$|token|secret|passw|passphrase|credential|authorization|apikey/i.test(name) || /@|[?&]\w+=/.test(value)
}

const VALUE_CHARACTERS_MAX = 80

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX)}…` : text
}
